import type { Dice } from '../../kernel/random.ts';
import { longWalk } from './long-walk.ts';
import type { PairMetres } from './pair-metres.ts';
import type { StopMetric } from './stop-metric.ts';

/** A round walk over the stops of each region, begun behind its longest link. */
export interface RegionWalk {
  readonly region: number;
  readonly walk: Int32Array;
}

interface WalkInput {
  readonly n: number;
  readonly metric: StopMetric;
  readonly pairs: PairMetres;
  /** The region of each stop; -1 for those that are left out. */
  readonly region: Int32Array;
  readonly regions: number;
  /** Kicks for each stop. */
  readonly kicks: number;
  readonly dice: Dice;
  /** Asked now and then; may throw to end it. */
  readonly breathe: () => void;
  /** Walks of the same regions, to go on with. */
  readonly walks?: readonly RegionWalk[];
}

/** The one long walk of each region that is cut into turfs afterwards. */
export function walkRegions(input: WalkInput): RegionWalk[] {
  const { n, metric, pairs, region, regions, kicks, dice, breathe, walks } = input;
  const members = Array.from({ length: regions }, (): number[] => []);
  for (let stop = 0; stop < n; stop++) members[region[stop] as number]?.push(stop);
  const local = new Int32Array(n).fill(-1);
  return members.map((stops, at) => {
    const begin = Int32Array.from(walks?.[at]?.walk ?? stops);
    const isWalk = walks !== undefined;
    const walk = longWalk(begin, { metric, pairs, local, kicks, isWalk, dice, breathe });
    return { region: at, walk: beginBehindLongest(walk, pairs.of) };
  });
}

function beginBehindLongest(
  walk: Int32Array,
  metresOf: (a: number, b: number) => number,
): Int32Array {
  const n = walk.length;
  let longest = -1;
  let begin = 0;
  for (let i = 0; i < n; i++) {
    const metres = metresOf(walk[i === 0 ? n - 1 : i - 1] as number, walk[i] as number);
    if (metres > longest) [longest, begin] = [metres, i];
  }
  const turned = new Int32Array(n);
  turned.set(walk.subarray(begin), 0);
  turned.set(walk.subarray(0, begin), n - begin);
  return turned;
}
