import type { Kysely } from 'kysely';
import type { DeviceId } from '#shared/kernel/ids.ts';
import type { SeqRange } from '#shared/sync/protocol.ts';
import { countRanges } from '#shared/sync/seq-ranges.ts';
import type { Tables } from '../store/tables.ts';

/**
 * Counts what is gone for good with a phone whose storage was cleared (P16): the numbers that it
 * gave out, as far as it ever said, less those that arrived; made between the last facts that came
 * and the last that was heard of it. Its holds end, as nobody walks with it any more.
 */
export async function noteLostPhone(
  trx: Kysely<Tables>,
  deviceId: DeviceId,
  now: number,
): Promise<void> {
  const device = await trx
    .selectFrom('devices')
    .leftJoin('device_epochs', (join) =>
      join
        .onRef('device_epochs.device_key', '=', 'devices.key')
        .onRef('device_epochs.db_epoch', '=', 'devices.db_epoch'),
    )
    .select(['devices.key', 'devices.max_local_seq', 'devices.joined_at', 'devices.last_seen_at'])
    .select(['device_epochs.have', 'device_epochs.last_at'])
    .where('devices.id', '=', deviceId)
    .executeTakeFirst();
  if (device === undefined) return;
  const received = countRanges(JSON.parse(device.have ?? '[]') as SeqRange[]);
  const count = (device.max_local_seq ?? 0) - received;
  if (count > 0) {
    await trx
      .updateTable('devices')
      .set({
        lost_count: count,
        lost_from: device.last_at ?? device.joined_at,
        lost_to: device.last_seen_at ?? device.joined_at,
        unsent: 0,
        unsent_since: null,
      })
      .where('key', '=', device.key)
      .execute();
  }
  await trx
    .updateTable('assignments')
    .set({ ended_at: now })
    .where('device_key', '=', device.key)
    .where('ended_at', 'is', null)
    .where('until_at', '>', now)
    .execute();
}
