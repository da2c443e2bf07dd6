import { sql } from 'kysely';
import type { UniverseFacets } from '#shared/model/universe.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { HIDDEN } from '../store/merged-people.ts';
import { ensureUniverseRows } from '../store/universe-rows.ts';

/** Counting votes takes a second for 500,000 people, and only imports and merges change them. */
const kept = new WeakMap<ChapterDb, { readonly of: string; readonly facets: UniverseFacets }>();

/** What the roll offers to choose from, most frequent first; elections newest first. */
export async function readFacets(db: ChapterDb): Promise<UniverseFacets> {
  await ensureUniverseRows(db);
  const { import_id: importId } = await db.read
    .selectFrom('universe_rows_of')
    .select('import_id')
    .executeTakeFirstOrThrow();
  const merged = await db.read
    .selectFrom('merged_people')
    .select((eb) => [
      eb.fn.countAll<number>().as('n'),
      sql<number>`coalesce(sum(person_key * 31 + face_key), 0)`.as('who'),
    ])
    .executeTakeFirstOrThrow();
  const of = `${importId} ${merged.n} ${merged.who}`;
  const before = kept.get(db);
  if (before?.of === of) return before.facets;

  const column = (name: 'party' | 'precinct') =>
    db.read
      .selectFrom('universe_rows')
      .select([`${name} as value`, sql<number>`count(*)`.as('people')])
      .where('person_key', 'not in', HIDDEN)
      .groupBy(name)
      .orderBy('people', 'desc')
      .orderBy(name)
      .execute();
  const { people } = await db.read
    .selectFrom('universe_rows')
    .select(sql<number>`count(*)`.as('people'))
    .where('person_key', 'not in', HIDDEN)
    .executeTakeFirstOrThrow();
  const votes = db.read
    .selectFrom('voted')
    .select(['election', sql<number>`count(*)`.as('people')])
    .groupBy('election');
  // Who is in the roll twice has voted once.
  const twice = db.read
    .selectFrom('merged_people as same')
    .innerJoin('voted', 'voted.person_key', 'same.person_key')
    .select(['election', sql<number>`count(*) - count(distinct same.face_key)`.as('people')])
    .groupBy('election');
  const elections = await db.read
    .selectFrom('elections')
    .leftJoin(votes.as('votes'), 'votes.election', 'elections.name')
    .leftJoin(twice.as('twice'), 'twice.election', 'elections.name')
    .select([
      'elections.name as value',
      'elections.label',
      sql<number>`coalesce(votes.people, 0) - coalesce(twice.people, 0)`.as('people'),
    ])
    .orderBy('elections.sort_key', 'desc')
    .orderBy('elections.name')
    .execute();
  const facets = {
    people,
    parties: await column('party'),
    precincts: await column('precinct'),
    elections,
  };
  kept.set(db, { of, facets });
  return facets;
}
