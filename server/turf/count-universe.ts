import { sql } from 'kysely';
import type {
  AskedSteps,
  Counted,
  UniverseCount,
  UniverseQuestion,
} from '#shared/model/universe.ts';
import { readSteps } from '#shared/universe/read-steps.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { engineOf } from '../store/run-ddl.ts';
import { ensureUniverseRows } from '../store/universe-rows.ts';
import { type BuildingRange, buildingRanges } from './building-ranges.ts';
import { askingOf, LISTED } from './select-universe.ts';
import { stepBits } from './steps-sql.ts';

type Numbers = Readonly<Record<string, number>>;

/** Keeps a query of its own apart, so that what it works out is worked out once a row. */
const fences = { sqlite: sql`limit -1 offset 0`, postgres: sql`offset 0` };

async function countRange(
  db: ChapterDb,
  question: UniverseQuestion | AskedSteps,
  { after, upTo }: BuildingRange,
): Promise<Numbers> {
  const fence = fences[engineOf(db.read)];
  const steps = readSteps(question);
  const { met, reached } = stepBits(steps, askingOf(db.read, question));
  const places = steps.length === 0 ? [0] : steps.map((_, at) => at);
  const last = places.length - 1;
  const raw = (text: (at: number) => string) => sql.raw(places.map(text).join(', '));
  const rows = sql`select row.building_key, row.door_key, row.person_key, row.placed, row.adult_on,
      ${met} as met from universe_rows row
    where row.building_key > ${after} and row.building_key <= ${upTo} ${fence}`;
  const asked =
    reached === null
      ? rows
      : sql`select row.*, ${reached} as reached from (${rows}) row where met > 0 ${fence}`;
  const bits = reached === null ? 'met' : 'reached';
  // Whoever no step keeps needs no look at wishes.
  const doors = sql`select ${raw((at) => `sum((${bits} >> ${at}) & 1) as p${at}`)},
      max(row.placed) as placed
    from (${asked}) row where ${sql.raw(bits)} > 0 and ${LISTED}
    group by row.building_key, row.door_key ${fence}`;
  const sum = (of: string): string => `cast(coalesce(sum(${of}), 0) as bigint)`;
  const one = (at: number): string => `case when p${at} > 0 then 1 else 0 end`;
  const { rows: counts } = await sql<Numbers>`select
      ${raw((at) => `${sum(`p${at}`)} as people${at}, ${sum(one(at))} as doors${at}`)},
      ${sql.raw(sum(`case when p${last} > 0 then placed else 0 end`))} as placed
    from (${doors}) by_door`.execute(db.read);
  return counts[0] ?? {};
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
  const totals = new Map<string, number>();
  for await (const range of buildingRanges(db)) {
    for (const [name, count] of Object.entries(await countRange(db, question, range))) {
      totals.set(name, (totals.get(name) ?? 0) + count);
    }
  }
  const total = (name: string): number => totals.get(name) ?? 0;
  const after = (at: number): Counted => ({
    people: total(`people${at}`),
    doors: total(`doors${at}`),
  });
  const { length } = readSteps(question);
  const count = { ...after(Math.max(0, length - 1)), placed: total('placed') };
  if (!('steps' in question)) return count;
  return { ...count, steps: question.steps.map((_, at) => after(at)) };
}
