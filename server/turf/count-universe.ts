import { sql } from 'kysely';
import type { UniverseCount, UniverseQuestion } from '#shared/model/universe.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { ensureUniverseRows } from '../store/universe-rows.ts';
import { selectUniverse } from './select-universe.ts';

/** How many people a question selects, behind how many doors, and how many of those have a place. */
export async function countUniverse(
  db: ChapterDb,
  question: UniverseQuestion,
): Promise<UniverseCount> {
  await ensureUniverseRows(db);
  const byDoor = selectUniverse(db.read, question)
    .select([sql<number>`count(*)`.as('people'), sql<number>`max(row.placed)`.as('placed')])
    .groupBy(['row.building_key', 'row.door_key']);
  return db.read
    .selectFrom(byDoor.as('by_door'))
    .select([
      sql<number>`coalesce(sum(people), 0)`.as('people'),
      sql<number>`count(*)`.as('doors'),
      sql<number>`coalesce(sum(placed), 0)`.as('placed'),
    ])
    .executeTakeFirstOrThrow();
}
