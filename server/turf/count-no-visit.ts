import { sql } from 'kysely';
import type { AskedSteps, Counted, UniverseQuestion } from '#shared/model/universe.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { findRefusing } from './find-refusing.ts';
import { selectUniverse } from './select-universe.ts';

/**
 * Of those whom a question selects: how many said that nobody may come to the door, and how many doors
 * have nobody else of them. No turf has them; null: there are none. The question has to be ready.
 */
export async function countNoVisit(
  db: Pick<ChapterDb, 'read'>,
  question: UniverseQuestion | AskedSteps,
): Promise<Counted | null> {
  const keys = await findRefusing(db.read, 'door');
  if (keys.length === 0) return null;
  // Keys are our own numbers; there may be more of them than a statement has places.
  const refusing = sql.raw(`(${keys.join(',')})`);
  const theirs = sql<number>`(select d.building_key from people p join doors d on d.key = p.door_key
    where p.key in ${refusing})`;
  const rows = await selectUniverse(db.read, question)
    .where(sql<boolean>`row.building_key in ${theirs}`)
    .select([
      'row.door_key',
      sql<number>`count(*)`.as('people'),
      sql<number>`sum(case when row.person_key in ${refusing} then 1 else 0 end)`.as('refusing'),
    ])
    .groupBy('row.door_key')
    .execute();
  const people = rows.reduce((sum, row) => sum + row.refusing, 0);
  const doors = rows.filter((row) => row.refusing === row.people).length;
  return people === 0 ? null : { people, doors };
}
