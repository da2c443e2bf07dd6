import { type Kysely, sql } from 'kysely';
import type { AskedSteps, UniverseQuestion } from '#shared/model/universe.ts';
import { readSteps } from '#shared/universe/read-steps.ts';
import { HIDDEN, MERGED_WISHES } from '../store/merged-people.ts';
import type { Tables } from '../store/tables.ts';
import type { Asking } from './condition-sql.ts';
import { stepsSql } from './steps-sql.ts';

/**
 * Who may be listed at all: nobody who asked not to be contacted, nor who has moved in behind a door
 * that asked (law 6), nor anybody who is under 18 (see releaseAdults), and of several records of one
 * person the one that is shown, with the wishes of all.
 */
export const LISTED = sql<boolean>`row.adult_on is null
  and row.person_key not in (select person_key from opt_outs
    union all select person_key from ${HIDDEN} hidden
    union all select face_key from ${MERGED_WISHES} wishes)
  and row.door_key not in (select door_key from door_opt_outs)`;

/** What a question is asked with: a saved one, or one that was made ready, says what it asks for. */
export function askingOf(db: Kysely<Tables>, question: UniverseQuestion | AskedSteps): Asking {
  return { db, asked: 'asked' in question ? question.asked : null };
}

/**
 * The voters whom a question selects, as rows of universe_rows; see askUniverse, which makes a
 * question ready. An empty text in a list asks for those without a value. Whoever may not be listed is
 * never among them, whatever the question.
 */
export function selectUniverse(db: Kysely<Tables>, question: UniverseQuestion | AskedSteps) {
  const query = db.selectFrom('universe_rows as row').where(LISTED);
  const steps = readSteps(question);
  return steps.length === 0 ? query : query.where(stepsSql(steps, askingOf(db, question)));
}

/**
 * Those of them to whose doors somebody may go: without `refusing`, keys of people who said that
 * nobody may come by. See findRefusing.
 */
export function selectToVisit(
  db: Kysely<Tables>,
  question: UniverseQuestion | AskedSteps,
  refusing: readonly number[],
) {
  const query = selectUniverse(db, question);
  if (refusing.length === 0) return query;
  // Keys are our own numbers; there may be more of them than a statement has places.
  return query.where(sql<boolean>`row.person_key not in (${sql.raw(refusing.join(','))})`);
}
