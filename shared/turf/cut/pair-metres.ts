import type { StopMetric } from './stop-metric.ts';

/** What is longer than any walk within a turf: cuts fall here before they fall anywhere else. */
export const NO_WALK = 1e6;

/** All metres are whole numbers of sixteenths. */
export const UNITS = 16;

/** Spreads the numbers of stops over a row of the table. */
export const SPREAD = 0x9e3779b1;

/** Metres between any two stops, by the nearest neighbours where they are, or else estimated. */
export interface PairMetres {
  readonly of: (a: number, b: number) => number;
  /** What is guessed of a pair that is in no list. */
  readonly guess: (a: number, b: number) => number;
  /** True when the metres of a pair are known and not estimated. */
  readonly isKnown: (a: number, b: number) => boolean;
  /** Remembers the exact metres of a pair; forgets nothing, and leaves it when there is no room. */
  readonly learn: (a: number, b: number, metres: number) => void;
  readonly table: PairTable;
}

/**
 * The table itself, for those who ask a million times a second: row `a` has `1 << bits` places from
 * `a << bits` on; the search for `b` begins at `imul(b, SPREAD) >>> (32 - bits)` and goes on until
 * its key or -1.
 */
export interface PairTable {
  readonly bits: number;
  readonly keys: Int32Array;
  readonly values: Float32Array;
  /** 1 where the row had no room: what it lacks may be in the other stop's. */
  readonly full: Uint8Array;
  /** How far the list of each stop reaches: what is in no row is at least half as far again. */
  readonly reach: Float32Array;
}

/**
 * A table of 32 or 64 places a stop holds its neighbours, and those that it is a neighbour of. A pair
 * that is in neither list is at least as far as the lists reach, so the estimate is the greater of
 * 1.8 × straight + 120 m and 1.5 × that reach: a link through a river must not look short.
 * `metric.metres` is made the same both ways.
 */
export function makePairMetres(
  metric: Pick<StopMetric, 'k' | 'near' | 'metres' | 'island'>,
  x: Float64Array,
  y: Float64Array,
): PairMetres {
  const n = x.length;
  const { k, near, metres, island } = metric;
  const bits = k > 20 || n <= 60_000 ? 6 : 5;
  const size = 1 << bits;
  const shift = 32 - bits;
  const keys = new Int32Array(n * size).fill(-1);
  const values = new Float32Array(n * size);
  const used = new Uint8Array(n);
  const full = new Uint8Array(n);
  const reach = new Float32Array(n);

  const put = (a: number, b: number, value: number): boolean => {
    const base = a * size;
    let at = Math.imul(b, SPREAD) >>> shift;
    for (;;) {
      const key = keys[base + at] as number;
      if (key === b) break;
      if (key === -1) {
        if ((used[a] as number) >= size - 4) {
          full[a] = 1;
          return false;
        }
        used[a] = (used[a] as number) + 1;
        keys[base + at] = b;
        break;
      }
      at = (at + 1) & (size - 1);
    }
    values[base + at] = value;
    return true;
  };
  const find = (a: number, b: number): number => {
    const base = a * size;
    let at = Math.imul(b, SPREAD) >>> shift;
    for (;;) {
      const key = keys[base + at] as number;
      if (key === b) return values[base + at] as number;
      if (key === -1) return -1;
      at = (at + 1) & (size - 1);
    }
  };

  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) {
      const other = near[i * k + j] as number;
      if (other < 0) break;
      // Sixteenths of a metre, so that sums are exact in whatever order one adds.
      const far = Math.round((metres[i * k + j] as number) * UNITS) / UNITS;
      metres[i * k + j] = far;
      put(i, other, far);
      // A list that is not full has everything there is; it says nothing of how far the rest lies.
      if (j === k - 1) reach[i] = far;
    }
  }

  // One number for both ways, to the last digit, in the lists as well: two that differ by a hair
  // would let a walk be shortened for ever.
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) {
      const other = near[i * k + j] as number;
      if (other < 0) break;
      const there = other < i ? find(other, i) : -1;
      if (there >= 0) {
        put(i, other, there);
        metres[i * k + j] = there;
      } else put(other, i, metres[i * k + j] as number);
    }
  }

  const known = (a: number, b: number): number => {
    const there = find(a, b);
    return there >= 0 || full[a] === 0 ? there : find(b, a);
  };
  const of = (a: number, b: number): number => {
    if (a === b) return 0;
    const there = known(a, b);
    return there >= 0 ? there : guess(a, b);
  };
  const guess = (a: number, b: number): number => {
    if (a === b) return 0;
    if (island[a] !== island[b]) return NO_WALK;
    const dx = (x[a] as number) - (x[b] as number);
    const dy = (y[a] as number) - (y[b] as number);
    const least = 1.5 * Math.max(reach[a] as number, reach[b] as number);
    const guessed = Math.max(least, 1.8 * Math.sqrt(dx * dx + dy * dy) + 120);
    return Math.min(NO_WALK, Math.round(guessed * UNITS) / UNITS);
  };
  return {
    of,
    guess,
    isKnown: (a, b) => a === b || known(a, b) >= 0,
    learn: (a, b, value) => {
      const kept = Number.isFinite(value)
        ? Math.min(NO_WALK, Math.round(value * UNITS) / UNITS)
        : NO_WALK;
      put(a, b, kept);
      put(b, a, kept);
    },
    table: { bits, keys, values, full, reach },
  };
}
