import {
  type Kind,
  type Outcome,
  runSchedule,
  STARTS,
  startOf,
} from '../scenario/sim/run-schedule.ts';
import type { World } from '../scenario/sim/world.ts';
import type { CaseEnd } from './prove-cases.ts';

/** One case of a proof that is afternoons. A seed that was red once is tried with every beginning. */
export async function runAfternoon(
  world: World,
  seed: number,
  { kind, wereRed }: { readonly kind: Kind; readonly wereRed: readonly number[] },
): Promise<CaseEnd> {
  const starts = wereRed.includes(seed) ? STARTS : [startOf(seed)];
  const outcomes: Outcome[] = [];
  for (const start of starts) outcomes.push(await runSchedule(world, seed, kind, start));
  const sum = (of: 'ops' | 'requests'): number => outcomes.reduce((all, one) => all + one[of], 0);
  return {
    wrong: outcomes.flatMap(({ start, wrong }) => wrong.map((told) => `${start}: ${told}`)),
    fired: outcomes.flatMap(({ fired }) => [...fired]),
    counts: { ops: sum('ops'), requests: sum('requests') },
    trace: outcomes.flatMap(({ trace }) => trace).join('\n'),
  };
}
