import { type RawBuilder, sql } from 'kysely';
import type { Step } from '#shared/model/universe-step.ts';
import { type Asking, conditionSql, EVERYBODY } from './condition-sql.ts';

/** Whether steps select a row of the roll, from everybody on. */
export function stepsSql(steps: readonly Step[], asking: Asking): RawBuilder<boolean> {
  let is = EVERYBODY;
  for (const { how, who } of steps) {
    const one = conditionSql(who, asking);
    if (how === 'also') is = sql<boolean>`(${is} or ${one})`;
    else if (how === 'only') is = is === EVERYBODY ? one : sql<boolean>`(${is} and ${one})`;
    else is = sql<boolean>`(${is} and not ${one})`;
  }
  return is;
}

/** Conditions that a tree of steps may hold, and letters of all of them, before it costs more than it saves. */
const MOST_NODES = 48;
const MOST_LETTERS = 100_000;
/** With fewer bits a step a door of some people would be too much. */
const LEAST_BITS = 5;

const bit = (at: number): string => String(2 ** at);

/** How often the tree below asks a condition in all. */
function countNodes(steps: readonly Step[], at: number, isIn: boolean): number {
  const step = steps[at];
  if (step === undefined) return 0;
  if (isIn === (step.how === 'also')) return countNodes(steps, at + 1, isIn);
  return 1 + countNodes(steps, at + 1, true) + countNodes(steps, at + 1, false);
}

/**
 * A number with a bit for each step after which the row is among the people. Each condition is asked
 * only where it can change that, as in a tree: of a row that the first step left out nothing more.
 */
function tree(
  steps: readonly Step[],
  asking: Asking,
  /** What each bit counts for. */
  bitOf: (at: number) => bigint,
  at = 0,
  isIn = true,
  mask = 0n,
): RawBuilder<number> {
  const step = steps[at];
  if (step === undefined) return sql.raw(String(mask));
  const then = (is: boolean): RawBuilder<number> =>
    tree(steps, asking, bitOf, at + 1, is, is ? mask + bitOf(at) : mask);
  if (isIn === (step.how === 'also')) return then(isIn);
  const one = conditionSql(step.who, asking);
  const [yes, no] = step.how === 'without' ? [then(false), then(true)] : [then(true), then(false)];
  return sql<number>`case when ${one} then ${yes} else ${no} end`;
}

/** The same number out of one with a bit for each condition that is met, `met`. */
function fromBits(steps: readonly Step[]): string {
  let is = '1';
  const parts = steps.map(({ how }, at) => {
    const one = `((met >> ${at}) & 1)`;
    if (how === 'also') is = `(${is} | ${one})`;
    else is = how === 'only' ? `(${is} & ${one})` : `(${is} & (1 - ${one}))`;
    return `${is} * ${bit(at)}`;
  });
  return parts.join(' + ');
}

/** What of a row is worked out first, `met`, and out of it a bit for each step after which it is in. */
export interface StepBits {
  readonly met: RawBuilder<number>;
  /** Null: `met` has these bits. */
  readonly reached: RawBuilder<number> | null;
}

function isSmall(steps: readonly Step[], { asked }: Asking): boolean {
  const nodes = countNodes(steps, 0, true);
  const letters = JSON.stringify([steps, [...(asked?.universes.values() ?? [])]]).length;
  return nodes <= MOST_NODES && nodes * letters <= MOST_LETTERS;
}

/** Bits of a number that both engines add up exactly. */
const NUMBER_BITS = 62;
/** More than anybody lives behind one door. */
const MOST_BITS = 31;

/** Rows that can be added up: what is asked of a row, and its number in which each step has its bits. */
export interface PackedSteps {
  /** Rows for which this is not so are in no step. */
  readonly where: RawBuilder<boolean>;
  /** One in the bits of each step after which the row is among the people. */
  readonly packed: RawBuilder<number>;
  /** So many bits a step: sums of fewer than two to their power rows are exact. */
  readonly bits: number;
}

/** For each row one number that can be summed for all steps at once; null: they are too many, or too long. */
export function packSteps(steps: readonly Step[], asking: Asking): PackedSteps | null {
  const bits = Math.min(MOST_BITS, Math.floor(NUMBER_BITS / Math.max(1, steps.length)));
  if (bits < LEAST_BITS || !isSmall(steps, asking)) return null;
  const bitOf = (at: number): bigint => 1n << BigInt(at * bits);
  const [first, ...later] = steps;
  if (first === undefined) return { where: EVERYBODY, packed: sql.raw('1'), bits };
  // Whom the first step leaves out nothing brings back: nothing more is asked of them.
  if (first.how === 'only' && later.every(({ how }) => how !== 'also')) {
    const where = conditionSql(first.who, asking);
    return { where, packed: tree(steps, asking, bitOf, 1, true, bitOf(0)), bits };
  }
  return { where: EVERYBODY, packed: tree(steps, asking, bitOf), bits };
}

/** For each row, after which steps it is among the people: bit 0 for the first step, and so on. */
export function stepBits(steps: readonly Step[], asking: Asking): StepBits {
  if (steps.length === 0) return { met: sql.raw('1'), reached: null };
  if (isSmall(steps, asking)) {
    return { met: tree(steps, asking, (at) => 1n << BigInt(at)), reached: null };
  }
  const met = steps.map(
    ({ who }, at) =>
      sql`(case when ${conditionSql(who, asking)} then ${sql.raw(bit(at))} else 0 end)`,
  );
  return { met: sql<number>`${sql.join(met, sql` + `)}`, reached: sql.raw(fromBits(steps)) };
}
