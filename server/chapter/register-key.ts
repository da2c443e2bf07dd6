import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { DeviceActor } from './actor.ts';
import { readPublicKey } from './device-keys.ts';
import { GRANT_MS } from '../sync/grant.ts';

/**
 * Notes the key of a phone that joined before phones had keys, once: whoever holds its token alone
 * can never put another key in the place of the phone's own. The same key again changes nothing.
 */
export async function registerKey(
  device: DeviceActor,
  text: string,
  now: number,
): Promise<Result<null>> {
  const point = readPublicKey(text);
  if (point === null) return fail(problem('not-valid', { reason: 'this is no P-256 key' }));
  const kept = await device.db.write(async (trx) => {
    await trx
      .updateTable('devices')
      .set({ public_key: point, grant_until: now + GRANT_MS })
      .where('key', '=', device.deviceKey)
      .where('public_key', 'is', null)
      .execute();
    const row = await trx
      .selectFrom('devices')
      .select('public_key')
      .where('key', '=', device.deviceKey)
      .executeTakeFirstOrThrow();
    return row.public_key;
  });
  return kept !== null && Buffer.compare(kept, point) === 0
    ? ok(null)
    : fail(problem('device-key-set'));
}
