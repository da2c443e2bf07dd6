import { type Kysely, sql } from 'kysely';
import type { UniverseQuestion } from '#shared/model/universe.ts';
import { HIDDEN, MERGED_WISHES } from '../store/merged-people.ts';
import type { Tables } from '../store/tables.ts';
import { narrowByLayers } from './layer-filters.ts';

/**
 * The voters whom a question selects, as rows of universe_rows; see ensureUniverseRows. An empty
 * text in a list asks for those without a value. Who asked not to be contacted is never among
 * them, whatever the question, nor who has moved in behind a door that asked (law 6), nor anybody
 * who is under 18 (see releaseAdults). Of several records of one person one is asked, with the votes
 * and wishes of all.
 */
export function selectUniverse(db: Kysely<Tables>, question: UniverseQuestion) {
  const { parties, precincts, minAge, maxAge, elections, votedAtLeast } = question;
  let query = db
    .selectFrom('universe_rows as row')
    .where('row.person_key', 'not in', db.selectFrom('opt_outs').select('person_key'))
    .where('row.door_key', 'not in', db.selectFrom('door_opt_outs').select('door_key'))
    .where('row.person_key', 'not in', HIDDEN)
    .where('row.person_key', 'not in', MERGED_WISHES)
    .where('row.adult_on', 'is', null);
  if (parties.length > 0) query = query.where('row.party', 'in', parties);
  if (precincts.length > 0) query = query.where('row.precinct', 'in', precincts);
  if (minAge !== null) query = query.where('row.age', '>=', minAge);
  if (maxAge !== null) query = query.where('row.age', '<=', maxAge);
  if (elections.length > 0 && votedAtLeast > 0) {
    const enough = db
      .selectFrom('voted')
      .select('person_key')
      .where('election', 'in', elections)
      .groupBy('person_key')
      .having(sql`count(*)`, '>=', votedAtLeast);
    const together = db
      .selectFrom('merged_people as same')
      .innerJoin('voted', 'voted.person_key', 'same.person_key')
      .select('same.face_key as person_key')
      .where('voted.election', 'in', elections)
      .groupBy('same.face_key')
      .having(sql`count(distinct voted.election)`, '>=', votedAtLeast);
    query = query.where('row.person_key', 'in', enough.unionAll(together));
  }
  return narrowByLayers(query, db, question.layers ?? []);
}
