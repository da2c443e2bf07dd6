import { setImmediate } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import {
  type DuplicatePair,
  findDuplicates,
  type FoundDuplicates,
} from '#shared/roll/duplicates/find-duplicates.ts';
import { type DuplicateRecord, RecordTable } from '#shared/roll/duplicates/record-table.ts';
import { scoreOf } from '#shared/roll/duplicates/weigh-evidence.ts';
import { LEAST_SCORE } from '#shared/model/duplicate-evidence.ts';
import { HIDDEN } from '../store/merged-people.ts';
import type { Tables } from '../store/tables.ts';

/** Pairs that are kept of one search: more nobody looks through. */
export const MOST_PAIRS = 20_000;
/** Rows of one read. */
const PAGE = 5000;
/** Pairs whose votes are asked for at once. */
const PAIRS = 200;

/** How far a search is; reading and comparing take about as long. */
export interface SearchProgress {
  readonly people: number;
  readonly done: number;
  readonly total: number;
}
export interface SearchPorts {
  readonly onProgress: (progress: SearchProgress) => void;
  readonly cancelled: () => boolean;
}
export interface SearchResult extends FoundDuplicates {
  readonly people: number;
}

const SHARED = sql`p.door_key as "doorKey", d.building_key as "buildingKey"`;

/** Nobody under 18 is listed, and whoever was found to be somebody else is that person. */
async function readVoters(db: Kysely<Tables>, after: number): Promise<DuplicateRecord[]> {
  const { rows } = await sql<DuplicateRecord>`select v.person_key as key,
      v.first_name as "firstName", v.middle_name as "middleName", v.last_name as "lastName",
      v.name_suffix as "nameSuffix", v.birth_year as "birthYear", v.age, v.sex, v.phone, v.email,
      ${SHARED}
    from voters v join people p on p.key = v.person_key join doors d on d.key = p.door_key
    where v.person_key > ${after} and v.adult_on is null and v.person_key not in ${HIDDEN}
    order by v.person_key limit ${PAGE}`.execute(db);
  return rows;
}

async function readResidents(db: Kysely<Tables>, after: number): Promise<DuplicateRecord[]> {
  const { rows } = await sql<DuplicateRecord>`select r.person_key as key,
      r.first_name as "firstName", '' as "middleName", r.last_name as "lastName",
      '' as "nameSuffix", null as "birthYear", null as age, null as sex, null as phone,
      null as email, ${SHARED}
    from residents r join people p on p.key = r.person_key join doors d on d.key = p.door_key
    where r.person_key > ${after} and r.person_key not in ${HIDDEN}
      and r.person_key not in (select person_key from voters)
    order by r.person_key limit ${PAGE}`.execute(db);
  return rows;
}

/** Elections that both of a pair are said to have voted in, and whether those are all of either. */
async function countVotes(
  db: Kysely<Tables>,
  pairs: readonly DuplicatePair[],
): Promise<readonly { readonly both: number; readonly alike: boolean }[]> {
  const keys = pairs.flatMap(({ low, high }) => [low, high]);
  const rows = await db
    .selectFrom('voted')
    .select(['person_key', 'election'])
    .where('person_key', 'in', keys)
    .execute();
  const of = new Map<number, Set<string>>();
  for (const { person_key: key, election } of rows) {
    const elections = of.get(key) ?? new Set();
    of.set(key, elections.add(election));
  }
  return pairs.map(({ low, high }) => {
    const [one, other] = [of.get(low) ?? new Set<string>(), of.get(high) ?? new Set<string>()];
    let both = 0;
    for (const election of one) if (other.has(election)) both += 1;
    return { both, alike: both === one.size && both === other.size };
  });
}

/** One person votes once: where both voted in the same elections they are less likely one. */
async function weighVotes(
  db: Kysely<Tables>,
  pairs: readonly DuplicatePair[],
): Promise<DuplicatePair[]> {
  const weighed: DuplicatePair[] = [];
  for (let at = 0; at < pairs.length; at += PAIRS) {
    const some = pairs.slice(at, at + PAIRS);
    const votes = await countVotes(db, some);
    for (const [i, pair] of some.entries()) {
      const { both = 0, alike = false } = votes[i] ?? {};
      const evidence = { ...pair.evidence, votes: both };
      const score = scoreOf(pair.bits, evidence, alike);
      if (score >= LEAST_SCORE) weighed.push({ ...pair, evidence, score });
    }
  }
  return weighed.sort((a, b) => b.score - a.score || a.low - b.low || a.high - b.high);
}

/** The year in which the ages of the roll were so. */
async function readYear(db: Kysely<Tables>): Promise<number> {
  const row = await db
    .selectFrom('imports')
    .select('started_at')
    .where('state', '=', 'done')
    .orderBy('finished_at', 'desc')
    .executeTakeFirst();
  return new Date(row?.started_at ?? 0).getUTCFullYear();
}

/**
 * Reads the roll, page by page, and looks for records of the same person. Null when cancelled. Some
 * 60 bytes a person and the likeliest MOST_PAIRS pairs are in memory, whatever the roll.
 */
export async function searchDuplicates(
  db: Kysely<Tables>,
  { onProgress, cancelled }: SearchPorts,
): Promise<SearchResult | null> {
  const { n } = await db
    .selectFrom('voters')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  const table = new RecordTable(await readYear(db));
  for (const read of [readVoters, readResidents]) {
    for (let after = 0; ;) {
      if (cancelled()) return null;
      const rows = await read(db, after);
      for (const row of rows) table.add(row);
      onProgress({ people: table.size, done: table.size, total: Math.max(n, table.size) * 2 });
      if (rows.length < PAGE) break;
      after = rows.at(-1)?.key ?? after;
    }
  }
  const people = table.size;
  const search = findDuplicates(table, MOST_PAIRS);
  for (;;) {
    const step = search.next();
    if (step.done === true) {
      const { pairs: likely, found, cut } = step.value;
      const pairs = await weighVotes(db, likely);
      // Whom their votes tell apart are no pair that waits to be shown.
      return { found: found - (likely.length - pairs.length), cut, pairs, people };
    }
    const { done, total } = step.value;
    onProgress({ people, done: people + Math.floor((people * done) / total), total: people * 2 });
    await setImmediate();
    if (cancelled()) return null;
  }
}
