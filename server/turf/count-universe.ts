import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type {
  AskedSteps,
  Counted,
  UniverseCount,
  UniverseQuestion,
} from '#shared/model/universe.ts';
import { readSteps } from '#shared/universe/read-steps.ts';
import type { Step } from '#shared/model/universe-step.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { HIDDEN, MERGED_WISHES } from '../store/merged-people.ts';
import { engineOf } from '../store/run-ddl.ts';
import { ensureUniverseRows } from '../store/universe-rows.ts';
import type { Asking } from './condition-sql.ts';
import { type BuildingRange, buildingRanges } from './building-ranges.ts';
import { askingOf, LISTED } from './select-universe.ts';
import { packSteps, type PackedSteps, stepBits } from './steps-sql.ts';

type Numbers = Readonly<Record<string, number>>;

/** Buildings of one query whose people are looked at one by one: some milliseconds. */
const UNLISTED = 2500;

interface Counting {
  readonly db: ChapterDb;
  readonly asking: Asking;
  readonly steps: readonly Step[];
  /** Of each step; of none at all the one of everybody. */
  readonly places: readonly number[];
}

/** Keeps a query of its own apart, so that what it works out is worked out once a row. */
const fences = { sqlite: sql`limit -1 offset 0`, postgres: sql`offset 0` };

async function readSlots({ read }: ChapterDb): Promise<ReadonlyMap<string, number>> {
  const rows = await read.selectFrom('election_slots').select(['election', 'slot']).execute();
  return new Map(rows.map(({ election, slot }) => [election, slot]));
}

/** What is counted over doors, by name: of `of(at)` people after each step. */
function doorSums(places: readonly number[], of: (at: number) => string): [string, string][] {
  const sum = (what: string): string => `coalesce(sum(${what}), 0)`;
  const one = (at: number): string => `case when ${of(at)} > 0 then 1 else 0 end`;
  const last = places.at(-1) ?? 0;
  return [
    ...places.flatMap((at): [string, string][] => [
      [`people${at}`, sum(of(at))],
      [`doors${at}`, sum(one(at))],
    ]),
    ['placed', sum(`case when ${of(last)} > 0 then placed else 0 end`)],
  ];
}

const columns = (sums: readonly (readonly [string, string])[]) =>
  sql.raw(sums.map(([name, sum]) => `cast(${sum} as bigint) as ${name}`).join(', '));

/** Each step one after the other: for steps that are too many to be summed at once. */
async function countOneByOne(
  { db, asking, steps, places }: Counting,
  { after, upTo }: BuildingRange,
): Promise<Numbers> {
  const fence = fences[engineOf(db.read)];
  const { met, reached } = stepBits(steps, asking);
  const rows = sql`select row.building_key, row.door_key, row.person_key, row.placed, row.adult_on,
      ${met} as met from universe_rows row
    where row.building_key > ${after} and row.building_key <= ${upTo} ${fence}`;
  const asked =
    reached === null
      ? rows
      : sql`select row.*, ${reached} as reached from (${rows}) row where met > 0 ${fence}`;
  const bits = reached === null ? 'met' : 'reached';
  const sums = places.map((at) => `sum((${bits} >> ${at}) & 1) as p${at}`).join(', ');
  // Whoever no step keeps needs no look at wishes.
  const doors = sql`select ${sql.raw(sums)}, max(row.placed) as placed
    from (${asked}) row where ${sql.raw(bits)} > 0 and ${LISTED}
    group by row.building_key, row.door_key ${fence}`;
  const { rows: counts } = await sql<Numbers>`
    select ${columns(doorSums(places, (at) => `p${at}`))} from (${doors}) by_door`.execute(db.read);
  return counts[0] ?? {};
}

/** People after a step, out of a number in which each step has its bits. */
const unpack =
  (bits: number, name: string) =>
  (at: number): string =>
    `((${name} >> ${at * bits}) & ${2 ** bits - 1})`;

/**
 * All steps at once: one number a row, one sum a door. Wishes are not looked at here, see countUnlisted.
 * Null: more people behind one door than the bits of a step hold.
 */
async function countAtOnce(
  { db, places }: Counting,
  { where, packed, bits }: PackedSteps,
  { after, upTo }: BuildingRange,
): Promise<Numbers | null> {
  const doors = sql`select cast(sum(${packed}) as bigint) as s, count(*) as n,
      max(row.placed) as placed
    from universe_rows row
    where row.building_key > ${after} and row.building_key <= ${upTo}
      and row.adult_on is null and ${where}
    group by row.building_key, row.door_key`;
  const { rows } = await sql<Numbers>`select coalesce(max(n), 0) as most,
      ${columns(doorSums(places, unpack(bits, 's')))} from (${doors}) by_door`.execute(db.read);
  const { most = 0, ...counts } = rows[0] ?? {};
  return most < 2 ** bits ? counts : null;
}

/** Buildings in which somebody lives who may not be listed, in the order of their keys. */
async function findUnlisted({ read }: ChapterDb): Promise<readonly number[]> {
  const { rows } = await sql<{ readonly key: number }>`select d.building_key as key from people p
      join doors d on d.key = p.door_key
      where p.key in (select person_key from opt_outs union select person_key from ${HIDDEN} hidden
        union select face_key from ${MERGED_WISHES} wishes)
    union select d.building_key as key from door_opt_outs o join doors d on d.key = o.door_key
    order by 1`.execute(read);
  return rows.map(({ key }) => key);
}

/** What countAtOnce has counted too much in some buildings, as numbers below zero: whoever may not be listed. */
async function countUnlisted(
  { db, places }: Counting,
  { where, packed, bits }: PackedSteps,
  buildings: readonly number[],
): Promise<Numbers | null> {
  // Keys are our own numbers; there may be more of them than a statement has places.
  const doors = sql`select cast(sum(${packed}) as bigint) as a,
      cast(sum(case when ${LISTED} then ${packed} else 0 end) as bigint) as l,
      count(*) as n, max(row.placed) as placed
    from universe_rows row
    where row.building_key in (${sql.raw(buildings.join(','))})
      and row.adult_on is null and ${where}
    group by row.building_key, row.door_key`;
  const listed = new Map(doorSums(places, unpack(bits, 'l')));
  const sums = doorSums(places, unpack(bits, 'a')).map(([name, sum]): [string, string] => [
    name,
    `${listed.get(name) ?? '0'} - ${sum}`,
  ]);
  const { rows } = await sql<Numbers>`select coalesce(max(n), 0) as most, ${columns(sums)}
    from (${doors}) by_door`.execute(db.read);
  const { most = 0, ...counts } = rows[0] ?? {};
  return most < 2 ** bits ? counts : null;
}

type Add = (counts: Numbers) => void;

async function countEach(counting: Counting, add: Add): Promise<void> {
  for await (const range of buildingRanges(counting.db)) add(await countOneByOne(counting, range));
}

/** False when it cannot be done: a door has too many people. What was added until then does not count. */
async function countPacked(counting: Counting, packed: PackedSteps, add: Add): Promise<boolean> {
  const { db } = counting;
  const unlisted = await findUnlisted(db);
  for await (const range of buildingRanges(db)) {
    const counts = await countAtOnce(counting, packed, range);
    if (counts === null) return false;
    add(counts);
  }
  for (let from = 0; from < unlisted.length; from += UNLISTED) {
    await setImmediate();
    const part = unlisted.slice(from, from + UNLISTED);
    const counts = await countUnlisted(counting, packed, part);
    if (counts === null) return false;
    add(counts);
  }
  return true;
}

/**
 * How many people a question selects, behind how many doors, and how many of those have a place; for
 * steps also after each of them. Throws on a question that asks for more than the roll and was not
 * made ready.
 */
export async function countUniverse(
  db: ChapterDb,
  question: UniverseQuestion | AskedSteps,
): Promise<UniverseCount> {
  await ensureUniverseRows(db);
  const steps = readSteps(question);
  const asking = { ...askingOf(db.read, question), slots: await readSlots(db) };
  const places = steps.length === 0 ? [0] : steps.map((_, at) => at);
  const counting = { db, asking, steps, places };
  const totals = new Map<string, number>();
  const add = (counts: Numbers): void => {
    for (const [name, count] of Object.entries(counts)) {
      totals.set(name, (totals.get(name) ?? 0) + count);
    }
  };
  const packed = packSteps(steps, asking);
  if (packed === null || !(await countPacked(counting, packed, add))) {
    totals.clear();
    await countEach(counting, add);
  }
  const total = (name: string): number => totals.get(name) ?? 0;
  const after = (at: number): Counted => ({
    people: total(`people${at}`),
    doors: total(`doors${at}`),
  });
  const { length } = steps;
  const count = { ...after(Math.max(0, length - 1)), placed: total('placed') };
  if (!('steps' in question)) return count;
  return { ...count, steps: question.steps.map((_, at) => after(at)) };
}
