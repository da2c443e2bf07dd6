import { makeId, type Id } from '#shared/kernel/ids.ts';
import type { RandomBytes } from '#shared/kernel/random.ts';
import type { ChapterDb } from '../store/chapter-db.ts';

/**
 * Gives a chapter that has lost something a new incarnation, so that every phone sends again what it
 * still has (P9). Nothing happens when somebody has done so since `seen` was read: however many
 * phones notice the same loss, it is told once. True when it was done.
 */
export async function renewIncarnation(
  db: Pick<ChapterDb, 'write'>,
  seen: string,
  { clock, random }: { readonly clock: () => number; readonly random: RandomBytes },
): Promise<boolean> {
  const incarnation = makeId<Id<'incarnation'>>(clock(), random);
  const { numUpdatedRows } = await db.write((trx) =>
    trx
      .updateTable('chapter')
      .set({ incarnation })
      .where('incarnation', '=', seen)
      .executeTakeFirst(),
  );
  return numUpdatedRows > 0n;
}
