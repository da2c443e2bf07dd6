import type { Dice } from '../../kernel/random.ts';
import { TourSearch } from '../../walk/tour-search.ts';
import { greedyWalk } from './greedy-walk.ts';
import { type PairMetres, SPREAD, UNITS } from './pair-metres.ts';
import type { StopMetric } from './stop-metric.ts';

export interface LongWalkTask {
  readonly metric: Pick<StopMetric, 'near' | 'k' | 'face' | 'metres'>;
  readonly pairs: PairMetres;
  /** Room for a number of each stop, lent from walk to walk: -1 before and after. */
  readonly local: Int32Array;
  /** Kicks for each stop. */
  readonly kicks: number;
  /** True when the order that the stops come in is a short walk already. */
  readonly isWalk: boolean;
  readonly dice: Dice;
  /** Asked every few thousand kicks. */
  readonly breathe: () => void;
}

/**
 * Neighbours of a stop that are looked at, and how many of them may be of one face: where houses
 * stand in rows, the nearest of all know nothing but their row, and a walk comes to no other. Of the
 * stop's own face they are one to either side.
 */
const WIDTH = 10;
const OF_ONE_FACE = 2;
/** Turning a longer piece round, again and again, would take minutes: longer walks are made in parts. */
const LONGEST = 25_000;
/** What holds the two ends of a part together while it is made: more than any walk is long. */
const PINNED = -(2 ** 28);
/** Kicks go along the walk, within so many stops: what is near is still at hand. */
const WINDOW = 500;
const BREATH = 4096;

/**
 * A short walk over stops, near each other in the order that they come in: round when there are few
 * enough for one search, else in parts, each between the ends that it has. Method: see `TourSearch`.
 */
export function longWalk(stops: Int32Array, task: LongWalkTask): Int32Array {
  const parts = Math.ceil(stops.length / LONGEST);
  const found = new Int32Array(stops.length);
  for (let part = 0; part < parts; part++) {
    const begin = Math.floor((part * stops.length) / parts);
    const end = Math.floor(((part + 1) * stops.length) / parts);
    found.set(walkPart(stops.subarray(begin, end), task, parts > 1), begin);
  }
  return found;
}

function walkPart(
  stops: Int32Array,
  { metric, pairs, local, kicks, isWalk, dice, breathe }: LongWalkTask,
  isPart: boolean,
): Int32Array {
  const n = stops.length;
  if (n < 8) return stops;
  const width = Math.min(WIDTH, metric.k);
  stops.forEach((stop, i) => (local[stop] = i));
  const { of, guess, table } = pairs;
  const { bits, keys, values, full } = table;
  const [shift, mask] = [32 - bits, (1 << bits) - 1];
  /** Whole numbers: none of them needs room of its own. */
  const between = (a: number, b: number): number => {
    const [from, to] = [stops[a] as number, stops[b] as number];
    const row = from << bits;
    for (let at = Math.imul(to, SPREAD) >>> shift; ; at = (at + 1) & mask) {
      const key = keys[row + at] as number;
      if (key === to) return (UNITS * (values[row + at] as number)) | 0;
      if (key !== -1) continue;
      return (UNITS * (full[from] === 0 ? guess(from, to) : of(from, to))) | 0;
    }
  };
  const pinned = (a: number, b: number): number =>
    a + b === n - 1 && (a === 0 || b === 0) ? PINNED : between(a, b);
  const way = isPart ? pinned : between;
  const { candidates, costs } = candidatesOf(stops, { metric, local, way }, width);
  const least = Int32Array.from(stops, (stop) => nearestOf(metric, stop));
  const problem = { n, between: way, candidates, costs, least, width, deep: 1 };
  const begin = isWalk ? Int32Array.from(stops.keys()) : greedyWalk(problem, isPart);
  const search = new TourSearch(problem, begin);
  search.improveAll();
  const count = Math.round(kicks * n);
  for (let kick = 0; kick < count; kick++) {
    if (kick % BREATH === 0) breathe();
    const at = Math.floor((kick / count) * n) + dice.whole(0, Math.min(n, WINDOW) - 1);
    search.kick(dice, at % n);
  }
  const { tour } = search;
  stops.forEach((stop) => (local[stop] = -1));
  const first = isPart ? tour.indexOf(0) : 0;
  const turned = [...tour.subarray(first), ...tour.subarray(0, first)];
  // The pinned ends are beside each other; from the first one on the last comes last.
  if (isPart && turned.at(-1) !== n - 1) turned.push(...turned.splice(1).reverse());
  return Int32Array.from(turned, (i) => stops[i] as number);
}

/** How far the nearest stop of all is; 0 where none is known. */
const nearestOf = ({ near, k, metres }: LongWalkTask['metric'], stop: number): number =>
  k === 0 || (near[stop * k] as number) < 0 ? 0 : (UNITS * (metres[stop * k] as number)) | 0;

interface Neighbourhood {
  readonly metric: LongWalkTask['metric'];
  readonly local: Int32Array;
  readonly way: (a: number, b: number) => number;
}

/**
 * Whom each stop of a walk may be joined to, nearest first, and how far that is: of each face the
 * nearest two, of its own face the nearest to either side.
 */
function candidatesOf(
  stops: Int32Array,
  { metric: { near, k, face }, local, way }: Neighbourhood,
  width: number,
): { readonly candidates: Int32Array; readonly costs: Int32Array } {
  const n = stops.length;
  const candidates = new Int32Array(n * width).fill(-1);
  const costs = new Int32Array(n * width);
  const faces = new Int32Array(width);
  for (let i = 0; i < n; i++) {
    const row = (stops[i] as number) * k;
    const own = face[stops[i] as number] as number;
    const begin = i * width;
    let size = 0;
    for (let j = row; j < row + k && size < width; j++) {
      const other = local[near[j] as number] ?? -1;
      if (other < 0) {
        if ((near[j] as number) < 0) break;
        continue;
      }
      const one = face[near[j] as number] as number;
      let known = 0;
      let before = -1;
      for (let at = 0; at < size; at++) {
        if (one < 0 || faces[at] !== one) continue;
        known += 1;
        before = at;
      }
      if (known >= OF_ONE_FACE) continue;
      const far = way(i, other);
      // Nearer to the one before than to this stop: it lies behind that.
      if (known > 0 && one === own && way(candidates[begin + before] as number, other) < far)
        continue;
      faces[size] = one;
      candidates[begin + size] = other;
      costs[begin + size] = far;
      size += 1;
    }
  }
  return { candidates, costs };
}
