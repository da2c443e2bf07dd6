import type { Kysely } from 'kysely';
import type { TurfId } from '#shared/kernel/ids.ts';
import { LONGEST_HOLD } from '#shared/model/launch-limits.ts';
import type { Tables } from '../store/tables.ts';
import { endHolds } from './revoke-phone.ts';

/** Gives a phone a turf to walk. A phone walks one turf: its hold on every other ends. */
export async function handOut(
  trx: Kysely<Tables>,
  turfId: TurfId,
  deviceKey: number,
  now: number,
): Promise<void> {
  await endHolds(trx, deviceKey, now).execute();
  await trx
    .insertInto('assignments')
    .values({
      turf_id: turfId,
      device_key: deviceKey,
      from_at: now,
      until_at: now + LONGEST_HOLD,
      ended_at: null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['turf_id', 'device_key', 'from_at'])
        .doUpdateSet({ ended_at: null, purged_at: null }),
    )
    .execute();
}
