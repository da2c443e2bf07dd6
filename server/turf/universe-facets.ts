import { sql } from 'kysely';
import type { UniverseFacets } from '#shared/model/universe.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { ensureUniverseRows } from '../store/universe-rows.ts';

/** Counting votes takes a second for 500,000 people, and only an import changes them. */
const kept = new WeakMap<
  ChapterDb,
  { readonly importId: string; readonly facets: UniverseFacets }
>();

/** What the roll offers to choose from, most frequent first; elections newest first. */
export async function readFacets(db: ChapterDb): Promise<UniverseFacets> {
  await ensureUniverseRows(db);
  const { import_id: importId } = await db.read
    .selectFrom('universe_rows_of')
    .select('import_id')
    .executeTakeFirstOrThrow();
  const before = kept.get(db);
  if (before?.importId === importId) return before.facets;

  const column = (name: 'party' | 'precinct') =>
    db.read
      .selectFrom('universe_rows')
      .select([`${name} as value`, sql<number>`count(*)`.as('people')])
      .groupBy(name)
      .orderBy('people', 'desc')
      .orderBy(name)
      .execute();
  const { people } = await db.read
    .selectFrom('universe_rows')
    .select(sql<number>`count(*)`.as('people'))
    .executeTakeFirstOrThrow();
  const votes = db.read
    .selectFrom('voted')
    .select(['election', sql<number>`count(*)`.as('people')])
    .groupBy('election');
  const elections = await db.read
    .selectFrom('elections')
    .leftJoin(votes.as('votes'), 'votes.election', 'elections.name')
    .select([
      'elections.name as value',
      'elections.label',
      sql<number>`coalesce(votes.people, 0)`.as('people'),
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
  kept.set(db, { importId, facets });
  return facets;
}
