import { dayIn } from '#shared/kernel/instant.ts';
import type { ChapterDb } from '../store/chapter-db.ts';

/**
 * Whoever turns 18 on this day in the chapter's zone may be listed from here on; gives how many.
 * Nobody is listed before this has run for their day: a server that sleeps lists them late, never
 * early.
 */
export async function releaseAdults(
  db: Pick<ChapterDb, 'read' | 'write'>,
  now: number,
): Promise<number> {
  const { time_zone: zone } = await db.read
    .selectFrom('chapter')
    .select('time_zone')
    .executeTakeFirstOrThrow();
  const today = dayIn(now, zone);
  const due = await db.read
    .selectFrom('universe_rows')
    .select('person_key')
    .where('adult_on', '<=', today)
    .limit(1)
    .executeTakeFirst();
  if (due === undefined) return 0;
  return db.write(async (trx) => {
    const free = { adult_on: null };
    await trx.updateTable('universe_rows').set(free).where('adult_on', '<=', today).execute();
    const { numUpdatedRows } = await trx
      .updateTable('voters')
      .set(free)
      .where('adult_on', '<=', today)
      .executeTakeFirstOrThrow();
    return Number(numUpdatedRows);
  });
}

/** How many people of the roll are under 18, and so in no list. */
export async function countMinors(db: Pick<ChapterDb, 'read'>): Promise<number> {
  const { people } = await db.read
    .selectFrom('voters')
    .select((select) => select.fn.countAll<number>().as('people'))
    .where('adult_on', 'is not', null)
    .executeTakeFirstOrThrow();
  return people;
}
