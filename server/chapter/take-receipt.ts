import type { TurfId } from '#shared/kernel/ids.ts';
import type { Purged } from '#shared/sync/protocol.ts';
import type { DeviceActor } from './actor.ts';

/**
 * Notes what a phone says it has deleted (P8). Only holds that have ended are marked: a turf that
 * was handed out to it again meanwhile is not gone from it. A phone on which nothing is left has
 * deleted all that ended, and one that holds a turf all others: also one that it gave up before it
 * had fetched it. The first receipt of each stands.
 */
export async function takeReceipt(
  { db, deviceKey }: Pick<DeviceActor, 'db' | 'deviceKey'>,
  { turfIds, wiped, holds, unsent }: Purged,
  now: number,
): Promise<void> {
  await db.write(async (trx) => {
    if (wiped || holds !== undefined || turfIds.length > 0) {
      const ended = trx
        .updateTable('assignments')
        .set({ purged_at: now })
        .where('device_key', '=', deviceKey)
        .where('purged_at', 'is', null)
        .where((where) =>
          where.or([where('ended_at', 'is not', null), where('until_at', '<=', now)]),
        );
      const gone = ended.where((where) => {
        const named = turfIds.length === 0 ? [] : [where('turf_id', 'in', turfIds as TurfId[])];
        const others = holds === undefined ? [] : [where('turf_id', '!=', holds as TurfId)];
        return where.or([...named, ...others]);
      });
      await (wiped ? ended : gone).execute();
    }
    const { unsent_since: since } = await trx
      .selectFrom('devices')
      .select('unsent_since')
      .where('key', '=', deviceKey)
      .executeTakeFirstOrThrow();
    await trx
      .updateTable('devices')
      .set({
        last_seen_at: now,
        unsent,
        unsent_since: unsent === 0 ? null : (since ?? now),
        ...(wiped && { purged_at: now }),
      })
      .where('key', '=', deviceKey)
      .execute();
  });
}
