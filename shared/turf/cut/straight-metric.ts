import { DETOUR } from '../../streets/street-network.ts';
import type { StopMetric } from './stop-metric.ts';
import { bucketStops } from './bucket-stops.ts';
import { joinClusters } from './join-clusters.ts';
import { crossesAny, type BarrierIndex } from './barriers.ts';

/** Farther than this nobody goes on within one turf. */
export const LONGEST_LINK = 5000;

interface StraightInput {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** The street of each stop, as a number; -1 unknown. */
  readonly street: Int32Array;
  /** The side of its street: 0 even, 1 odd, -1 unknown. */
  readonly side: Int32Array;
  readonly barriers: BarrierIndex | null;
}

/** Metre-equivalents for going over to the other side of a street, and into another street. */
const OVER = 14;
const ROUND_CORNER = 10;

/**
 * Walking metres without streets: 1.4 × the straight line, a price for the other side and for another
 * street, no way through a barrier, and none to what lies more than five kilometres off.
 */
export function makeStraightMetric(input: StraightInput, k: number): StopMetric {
  const { x, y, street, side, barriers } = input;
  const n = x.length;
  const near = new Int32Array(n * k).fill(-1);
  const metres = new Float32Array(n * k);
  const over = (a: number, b: number): number => {
    if (street[a] !== street[b]) return ROUND_CORNER;
    return side[a] === side[b] ? 0 : OVER;
  };
  const between = (a: number, b: number): number => {
    const dx = (x[a] as number) - (x[b] as number);
    const dy = (y[a] as number) - (y[b] as number);
    const straight = Math.sqrt(dx * dx + dy * dy);
    if (straight > LONGEST_LINK) return Infinity;
    if (barriers !== null && crossesAny(barriers, x, y, a, b).length > 0) return Infinity;
    return DETOUR * straight + over(a, b);
  };
  const buckets = bucketStops(x, y, 8);
  const found: number[] = [];
  const far = new Float64Array(4 * k + 256);
  for (let i = 0; i < n; i++) {
    found.length = 0;
    buckets.nearest(i, k + (barriers === null ? 4 : k), LONGEST_LINK, found);
    const length = Math.min(found.length, far.length);
    const order: number[] = [];
    for (let j = 0; j < length; j++) {
      far[j] = between(i, found[j] as number);
      if (far[j] !== Infinity) order.push(j);
    }
    order.sort(
      (a, b) =>
        (far[a] as number) - (far[b] as number) || (found[a] as number) - (found[b] as number),
    );
    for (let j = 0; j < Math.min(k, order.length); j++) {
      near[i * k + j] = found[order[j] as number] as number;
      metres[i * k + j] = far[order[j] as number] as number;
    }
  }
  return {
    k,
    near,
    metres,
    island: joinClusters(near, k, x, y, (a, b) => between(a, b) !== Infinity),
    face: nameFaces(street, side, x, y),
    metresTo: (from, to) => to.map((stop) => (stop === from ? 0 : between(from, stop))),
    crossings: (order) => ({
      kinds: [],
      prices: order.slice(1).map((to, i) => over(order[i] as number, to)),
    }),
  };
}

/** One side of one street within some 150 m stands for the face of a block. */
function nameFaces(
  street: Int32Array,
  side: Int32Array,
  x: Float64Array,
  y: Float64Array,
): Int32Array {
  const names = new Map<string, number>();
  return street.map((name, i) => {
    if (name < 0) return -1;
    const block = `${Math.round((x[i] as number) / 150)} ${Math.round((y[i] as number) / 150)}`;
    const key = `${name} ${side[i]} ${block}`;
    const known = names.get(key) ?? names.size;
    names.set(key, known);
    return known;
  });
}
