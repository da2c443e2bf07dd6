import { type Kysely, sql } from 'kysely';
import type { PersonId } from '#shared/kernel/ids.ts';
import { readPutRight } from '../share/put-right.ts';
import { readFaces } from '../store/merged-people.ts';
import type { Tables } from '../store/tables.ts';
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

interface Found extends Callable {
  readonly id: PersonId;
  readonly building: number;
}

/** Ids of one statement. */
const AT_ONCE = 500;

const ON_OPEN_LISTS = sql<number>`(select tt.person_key from turf_targets tt
  join turfs on turfs.id = tt.turf_id where turfs.kind = 'calls' and turfs.closed_at is null)`;

const selectFree = (db: Kysely<Tables>, question: Question) =>
  selectUniverse(db, question)
    .innerJoin('voters', 'voters.person_key', 'row.person_key')
    .innerJoin('people', 'people.key', 'row.person_key')
    .innerJoin('buildings', 'buildings.key', 'row.building_key')
    .select(['row.person_key as person', 'row.door_key as door', 'row.building_key as building'])
    .select(['people.id', 'voters.last_name as lastName', 'voters.first_name as firstName'])
    .select(['buildings.lon', 'buildings.lat'])
    .where('row.person_key', 'not in', ON_OPEN_LISTS);

/** Of those of the universe whose number was put right, as far as they are free. */
async function findPutRight(
  db: Kysely<Tables>,
  question: Question,
  ids: readonly PersonId[],
): Promise<Found[]> {
  const found: Found[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const part = ids.slice(at, at + AT_ONCE);
    found.push(...(await selectFree(db, question).where('people.id', 'in', part).execute()));
  }
  return found;
}

/**
 * The people of a universe who have a telephone, by the roll or by what was put right at the door,
 * and are on no open call list: at most so many, in the order of the chapter's buildings. Whoever may
 * not be listed is not among them, nor whoever said last that nobody may call.
 */
export async function findCallable(
  db: Kysely<Tables>,
  question: Question,
  most: number,
): Promise<readonly Callable[]> {
  const { corrected, refused } = await readPutRight(db, await readFaces(db));
  const refuses = (id: PersonId): boolean => refused.get(id)?.has('call') === true;
  const numbers = new Map([...corrected].map(([id, { phone }]) => [id, phone] as const));
  const rolls = await selectFree(db, question)
    .where('voters.phone', 'is not', null)
    .where('voters.phone', '<>', '')
    .orderBy('row.building_key')
    .orderBy('row.door_key')
    .orderBy('row.person_key')
    .limit(most + corrected.size + refused.size)
    .execute();
  const known = rolls.filter(({ id }) => (numbers.get(id) ?? null) === null);
  const told = [...numbers].flatMap(([id, phone]) => ((phone ?? '') === '' ? [] : [id]));
  return [...known, ...(await findPutRight(db, question, told))]
    .filter(({ id }) => !refuses(id))
    .sort((a, b) => a.building - b.building || a.door - b.door || a.person - b.person)
    .slice(0, most);
}

/** Those of them who have come onto an open call list. */
export async function findListed(
  db: Kysely<Tables>,
  people: readonly Callable[],
): Promise<ReadonlySet<number>> {
  const listed = new Set<number>();
  for (let at = 0; at < people.length; at += AT_ONCE) {
    const part = people.slice(at, at + AT_ONCE).map(({ person }) => person);
    const rows = await db
      .selectFrom('people')
      .select('key')
      .where('key', 'in', part)
      .where('key', 'in', ON_OPEN_LISTS)
      .execute();
    for (const { key } of rows) listed.add(key);
  }
  return listed;
}
