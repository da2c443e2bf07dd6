import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/**
 * Takes the next `count` numbers of the chapter's clock and gives the last of them. Only inside a
 * write transaction: the row is locked from here to the commit, so numbers follow the order of
 * commits and a rollback gives them back (P6).
 */
export async function takeSeq(trx: Kysely<Tables>, count: number): Promise<number> {
  const { seq } = await trx
    .updateTable('clock')
    .set({ seq: sql<number>`seq + ${count}` })
    .returning('seq')
    .executeTakeFirstOrThrow();
  return seq;
}
