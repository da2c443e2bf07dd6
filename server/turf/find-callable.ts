import { sql } from 'kysely';
import type { ChapterDb } from '../store/chapter-db.ts';
import { selectUniverse } from './select-universe.ts';
import type { Question } from './universe-members.ts';

/** Somebody who can be called, and where they live. */
export interface Callable {
  readonly person: number;
  readonly door: number;
  readonly lastName: string;
  readonly firstName: string;
  readonly lon: number | null;
  readonly lat: number | null;
}

/**
 * The people of a universe who have a telephone and are on no open call list, by household: at most
 * so many, in the order of the chapter's buildings. Whoever may not be listed is not among them.
 */
export async function findCallable(
  db: ChapterDb,
  question: Question,
  most: number,
): Promise<readonly Callable[]> {
  return selectUniverse(db.read, question)
    .innerJoin('voters', 'voters.person_key', 'row.person_key')
    .innerJoin('buildings', 'buildings.key', 'row.building_key')
    .select(['row.person_key as person', 'row.door_key as door'])
    .select(['voters.last_name as lastName', 'voters.first_name as firstName'])
    .select(['buildings.lon', 'buildings.lat'])
    .where('voters.phone', 'is not', null)
    .where('voters.phone', '<>', '')
    .where(
      sql<boolean>`row.person_key not in (select tt.person_key from turf_targets tt
        join turfs on turfs.id = tt.turf_id where turfs.kind = 'calls' and turfs.closed_at is null)`,
    )
    .orderBy('row.building_key')
    .orderBy('row.door_key')
    .orderBy('row.person_key')
    .limit(most)
    .execute();
}
