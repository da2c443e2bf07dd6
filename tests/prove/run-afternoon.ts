import type { Fault } from '../scenario/sim/faults.ts';
import {
  type Kind,
  type Outcome,
  runSchedule,
  STARTS,
  startOf,
} from '../scenario/sim/run-schedule.ts';
import type { World } from '../scenario/sim/world.ts';
import type { CaseEnd } from './prove-cases.ts';

interface Wish {
  readonly kind: Kind;
  readonly wereRed: readonly number[];
  /** What the afternoon is to show; not one that was red once, which stays as it was. */
  readonly likely?: Fault | undefined;
}

/** One case of a proof that is afternoons. A seed that was red once is tried with every beginning. */
export async function runAfternoon(
  world: World,
  seed: number,
  { kind, wereRed, likely }: Wish,
): Promise<CaseEnd> {
  const old = wereRed.includes(seed);
  const starts = old ? STARTS : [startOf(seed)];
  const shown = old ? null : (likely ?? null);
  const outcomes: Outcome[] = [];
  for (const start of starts) outcomes.push(await runSchedule(world, seed, kind, start, shown));
  const sum = (of: 'ops' | 'requests'): number => outcomes.reduce((all, one) => all + one[of], 0);
  return {
    wrong: outcomes.flatMap(({ start, wrong }) => wrong.map((told) => `${start}: ${told}`)),
    fired: outcomes.flatMap(({ fired }) => [...fired]),
    counts: { ops: sum('ops'), requests: sum('requests') },
    trace: outcomes.flatMap(({ trace }) => trace).join('\n'),
  };
}
