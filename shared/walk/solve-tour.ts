import { seededDice } from '../kernel/random.ts';
import { candidateLists } from './candidate-lists.ts';
import { EXACT_UP_TO, exactTour } from './exact-tour.ts';
import { type Ascent, ascend } from './one-tree.ts';
import { finish } from './finish.ts';
import { type ClosedTour, toClosedTour, type TourMode } from './tour-mode.ts';
import { TourSearch } from './tour-search.ts';

export interface TourRequest {
  readonly count: number;
  /** count * count, symmetric, metres. */
  readonly metres: Float64Array;
  readonly mode: TourMode;
  /** How often the tour is shaken; by default enough for every turf that one can walk. */
  readonly kicks?: number;
  readonly seed?: number;
  /** False: the order alone is wanted, and the bound is what the search needed for itself. */
  readonly proof?: boolean;
  /**
   * The share of the time that is over, asked now and then; the search ends at 1. The order then
   * depends on the machine.
   */
  readonly spent?: () => number;
}

export interface SolvedTour {
  /** Indexes of all stops, each once. */
  readonly order: readonly number[];
  readonly length: number;
  /** No order of these stops is shorter. */
  readonly lowerBound: number;
}

/**
 * Neighbours of a stop that are looked at. Few stops are solved to the end, and then the edge that
 * six leave out is what is missing; many are not, and more neighbours cost kicks.
 */
const widthFor = (n: number): number => Math.min(n <= 121 ? 10 : 6, n - 1);
/** Steps that raising the bound may take, before the search and for the proof after it. */
const ASCENT_STEPS = 4e7;
const PROOF_STEPS = 2.4e7;
/** Fewer rounds leave lists in which one of the edges that matter is missing, whatever the kicks. */
const ASCENT_ROUNDS = 200;
/** Of a given time, what is over when the first bound stands, and when a proof begins. */
const ASCENT_SHARE = 0.3;
const PROOF_SHARE = 0.9;
/** Kicks between two questions whether time is over. */
const BREATH = 20;

/** As often as a tour of so many stops is shaken: all of a turf, and what a phone can bear. */
export function kicksFor(count: number): number {
  return Math.min(20_000, Math.max(200, 6 * count));
}

/**
 * A short walk through all stops and a bound that none is shorter than. Same input, same order, on
 * every machine. Up to 11 or 12 stops it is the shortest there is; ends early, too, when the bound
 * shows that nothing shorter is left to find. Methods: see `TourSearch`, `ascend`, `exactTour`.
 */
export function solveTour(request: TourRequest): SolvedTour {
  return finish(tourInSteps(request));
}

/**
 * The same in short steps, between which others may work: 130 ms at most with 500 stops. What is
 * handed over at the end is what `solveTour` gives.
 */
export function* tourInSteps(request: TourRequest): Generator<undefined, SolvedTour> {
  const { count, metres, mode } = request;
  if (count < 2) return { order: count === 1 ? [0] : [], length: 0, lowerBound: 0 };
  const closed = toClosedTour(count, metres, mode);
  const exact = closed.n <= EXACT_UP_TO;
  const found = exact
    ? { tour: exactTour(closed.n, closed.distance), bound: Infinity }
    : yield* search(closed, request);
  const order = cutOpen(found.tour, closed, mode, count);
  const length = lengthOf(order, metres, count, mode === 'closed');
  // Whole units are exact for tenths of a metre; what was rounded off else is given away.
  const bound = (found.bound - closed.extra - (closed.scale > 10 ? closed.n : 0)) / closed.scale;
  return { order, length, lowerBound: Math.max(0, Math.min(length, bound)) };
}

/** The length of an order, in metres. */
export function lengthOf(
  order: readonly number[],
  metres: Float64Array,
  count: number,
  closed: boolean,
): number {
  let length = 0;
  for (let i = closed ? 0 : 1; i < order.length; i++) {
    const before = order[i === 0 ? order.length - 1 : i - 1] as number;
    length += metres[before * count + (order[i] as number)] as number;
  }
  return Math.round(length * 1e6) / 1e6;
}

function* search(
  { n, distance }: ClosedTour,
  { kicks = kicksFor(n), seed = 1, proof = true, spent }: TourRequest,
): Generator<undefined, { tour: Int32Array; bound: number }> {
  const width = widthFor(n);
  const between = (a: number, b: number): number => distance[a * n + b] as number;
  const least = nearestOf(n, distance);
  const improve = (tour: Int32Array, price: Float64Array): TourSearch => {
    const candidates = candidateLists(n, distance, price, width);
    const found = new TourSearch({ n, between, candidates, width, least }, tour);
    found.improveAll();
    return found;
  };
  const rough = improve(nearestFirst(n, distance), new Float64Array(n));
  const raise = (rounds: number, upper: number, share: number, price?: Float64Array): Ascent =>
    ascend(n, distance, {
      rounds,
      upper,
      ...(price && { price }),
      ...(spent && { spent: () => spent() / share }),
    });
  yield;
  const first = raise(roundsFor(n, ASCENT_STEPS, ASCENT_ROUNDS), rough.length, ASCENT_SHARE);
  yield;
  const found = improve(rough.tour, first.price);
  // Lengths are whole, so that a bound between two of them is as good as the upper one.
  let bound = Math.ceil(first.bound - 1e-6);
  const dice = seededDice(seed);
  for (let kick = 0; kick < kicks && found.length > bound; kick++) {
    if (kick % BREATH === 0) {
      yield;
      if (spent !== undefined && spent() >= (proof ? PROOF_SHARE : 1)) break;
    }
    found.kick(dice);
  }
  if (proof && found.length > bound) {
    yield;
    const last = raise(roundsFor(n, PROOF_STEPS, 800), found.length, 1, first.price);
    bound = Math.max(bound, Math.ceil(last.bound - 1e-6));
  }
  return { tour: found.tour, bound };
}

function roundsFor(n: number, steps: number, most: number): number {
  return Math.max(4, Math.min(most, Math.floor(steps / (n * n))));
}

/** How far the nearest other stop of each is. */
function nearestOf(n: number, distance: Int32Array): Int32Array {
  const least = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    let nearest = 0x7fffffff;
    for (let j = 0, at = i * n; j < n; j++, at++) {
      if (j !== i && (distance[at] as number) < nearest) nearest = distance[at] as number;
    }
    least[i] = nearest;
  }
  return least;
}

/** A tour to begin with: always on to the nearest stop that is left. */
function nearestFirst(n: number, distance: Int32Array): Int32Array {
  const tour = new Int32Array(n);
  const left = Int32Array.from({ length: n }, (_, i) => i);
  let here = 0;
  for (let size = n - 1, at = 1; size > 0; size--, at++) {
    let [best, least] = [1, Infinity];
    for (let k = 1; k <= size; k++) {
      const way = distance[here * n + (left[k] as number)] as number;
      if (way < least) [best, least] = [k, way];
    }
    here = left[best] as number;
    tour[at] = here;
    left[best] = left[size] as number;
  }
  return tour;
}

/** The walk that a closed tour stands for, from its beginning; of two directions always the same. */
function cutOpen(
  tour: Int32Array,
  { nowhere }: ClosedTour,
  mode: TourMode,
  count: number,
): number[] {
  const cut = tour.indexOf(nowhere < 0 ? 0 : nowhere);
  const turned = [...tour.subarray(cut), ...tour.subarray(0, cut)];
  if (nowhere < 0) {
    const [first = 0, ...rest] = turned;
    return [first, ...((rest[0] as number) > (rest.at(-1) as number) ? rest.reverse() : rest)];
  }
  const order = turned.slice(1);
  if (mode === 'open')
    return (order[0] as number) > (order.at(-1) as number) ? order.reverse() : order;
  if (order[0] !== 0 && order.at(-1) === 0) order.reverse();
  // The price of the stop nowhere keeps the ends where they belong; this makes it certain.
  const inner = order.filter((stop) => stop !== 0 && (mode === 'start' || stop !== count - 1));
  return mode === 'start' ? [0, ...inner] : [0, ...inner, count - 1];
}
