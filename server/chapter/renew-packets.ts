import type { Transaction } from 'kysely';
import type { Tables } from '../store/tables.ts';

/** Phones that are out fetch their turf again, and with it what changed for all of them. */
export async function renewPackets(trx: Transaction<Tables>, now: number): Promise<void> {
  const held = trx
    .selectFrom('assignments')
    .select('turf_id')
    .where('ended_at', 'is', null)
    .where('until_at', '>', now);
  await trx
    .updateTable('turfs')
    .set((turf) => ({ version: turf('version', '+', 1) }))
    .where('id', 'in', held)
    .execute();
}
