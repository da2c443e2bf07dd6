import { CornerSearch } from './corner-search.ts';
import type { PlacedStops } from './place-stops.ts';
import { DETOUR, type StreetNetwork } from './street-network.ts';

export interface MatrixOptions {
  /** No crossing between corners: one side of a street out, the other back. */
  readonly oneSide?: boolean;
  /** Used again from call to call, for speed. */
  readonly search?: CornerSearch;
}

/** Tenths of a metre: what machines disagree about in the last digit does not decide an order. */
const exact = (metres: number): number => Math.round(metres * 10) / 10;

/**
 * What it costs to walk from each of some stops to each other, in metres with the price of
 * crossings, row by row; symmetric, zero on the diagonal. `which` are indexes of stops. Stops off
 * the streets are joined by straight lines at 1.4 times their length. Method: Dijkstra from each
 * corner of the stops' own faces, ended when all of these corners are final.
 */
export function stopMatrix(
  network: StreetNetwork,
  stops: PlacedStops,
  which: ArrayLike<number>,
  { oneSide = false, search = new CornerSearch(network) }: MatrixOptions = {},
): Float64Array {
  const n = which.length;
  const { segments } = network;
  const ends = new OwnCorners(network, stops, which);
  const between = cornerMatrix(ends.corners, search);
  const m = ends.corners.length;
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const a = which[i] as number;
    const sa = stops.segment[a] as number;
    for (let j = 0; j < i; j++) {
      const b = which[j] as number;
      const sb = stops.segment[b] as number;
      let best = Infinity;
      if (sa < 0 || sb < 0) best = straight(stops, a, b);
      else {
        for (let p = 0; p < 2; p++) {
          const row = (ends.corner[2 * i + p] as number) * m;
          const out = ends.metres[2 * i + p] as number;
          for (let q = 0; q < 2; q++) {
            const way =
              out +
              (between[row + (ends.corner[2 * j + q] as number)] as number) +
              (ends.metres[2 * j + q] as number);
            if (way < best) best = way;
          }
        }
        if (sa === sb) {
          const apart = Math.abs((stops.along[a] as number) - (stops.along[b] as number));
          const same = stops.side[a] === stops.side[b];
          const direct =
            apart + (same ? 0 : oneSide ? Infinity : (segments.midBlock[sa] as number));
          if (direct < best) best = direct;
        }
      }
      matrix[i * n + j] = matrix[j * n + i] = exact(best);
    }
  }
  return matrix;
}

/** What it costs between two stops where no street is known. */
export function straight({ x, y }: PlacedStops, a: number, b: number): number {
  const [dx, dy] = [(x[a] as number) - (x[b] as number), (y[a] as number) - (y[b] as number)];
  return DETOUR * Math.sqrt(dx * dx + dy * dy);
}

/** The two corners of each stop's face, numbered among all of them, and how far they are. */
class OwnCorners {
  readonly corners: number[] = [];
  readonly corner: Int32Array;
  readonly metres: Float64Array;

  constructor({ segments }: StreetNetwork, stops: PlacedStops, which: ArrayLike<number>) {
    this.corner = new Int32Array(2 * which.length);
    this.metres = new Float64Array(2 * which.length);
    const numbers = new Map<number, number>();
    const numberOf = (corner: number): number => {
      const known = numbers.get(corner);
      if (known !== undefined) return known;
      numbers.set(corner, this.corners.length);
      return this.corners.push(corner) - 1;
    };
    for (let i = 0; i < which.length; i++) {
      const stop = which[i] as number;
      const s = stops.segment[stop] as number;
      if (s < 0) continue;
      const side = stops.side[stop] as number;
      const along = stops.along[stop] as number;
      this.corner[2 * i] = numberOf(segments.corner[4 * s + side] as number);
      this.corner[2 * i + 1] = numberOf(segments.corner[4 * s + 2 + side] as number);
      this.metres[2 * i] = along;
      this.metres[2 * i + 1] = Math.max(0, (segments.metres[s] as number) - along);
    }
  }
}

/** Distances between corners, row by row. */
function cornerMatrix(corners: readonly number[], search: CornerSearch): Float64Array {
  const m = corners.length;
  const matrix = new Float64Array(m * m);
  const wanted = new Set(corners);
  corners.forEach((start, row) => {
    search.begin();
    search.reach(start, 0);
    // Rows before this one are known already.
    let left = m - row;
    if (row > 0) for (let c = 0; c < row; c++) matrix[row * m + c] = matrix[c * m + row] as number;
    for (let corner = search.next(); corner >= 0; corner = search.next()) {
      if (wanted.has(corner) && --left === 0) break;
    }
    for (let c = row; c < m; c++) matrix[row * m + c] = search.distanceOf(corners[c] as number);
    wanted.delete(start);
  });
  return matrix;
}
