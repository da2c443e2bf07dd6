import type { Position } from '../model/geojson.ts';
import { joinParts } from './join-parts.ts';
import { layCorners } from './lay-corners.ts';
import type { Plane } from './plane.ts';
import { splitStreets, type Stretch } from './split-streets.ts';
import { CROSSING_COSTS, type CrossingCosts, type Street, STREET_KINDS } from './street.ts';
import { streetKey } from './street-key.ts';
import type { Segments, StreetNetwork } from './street-network.ts';

export interface NetworkOptions {
  readonly plane: Plane;
  /** What crossing a street costs; `CROSSING_COSTS` when not given. */
  readonly costs?: CrossingCosts;
  /** Lines that nobody walks across, in degrees (metres on a flat plane). */
  readonly barriers?: readonly (readonly Position[])[];
  /** One key for the ways in which one street is written; `streetKey` when not given. */
  readonly keyOf?: (name: string) => string;
}

/**
 * The network of a city's streets: corners, sides, crossings. Parts that no street connects are
 * joined by straight lines at 1.4 times their length, and listed. Deterministic. Time and memory
 * grow with the points of the streets. Nothing in the input makes it throw; with no street that
 * one can walk the network is empty.
 */
export function buildNetwork(streets: readonly Street[], options: NetworkOptions): StreetNetwork {
  const { plane, costs = CROSSING_COSTS, barriers = [], keyOf = streetKey } = options;
  const { stretches, crossings } = splitStreets(streets, plane, barriers);
  const { segments, names } = layOut(stretches, costs, keyOf);
  const { corners, edges } = layCorners(stretches, segments, crossings, costs);
  const joined = joinParts(corners, edges);
  return { plane, segments, names, ...joined };
}

function layOut(
  stretches: readonly Stretch[],
  costs: CrossingCosts,
  keyOf: (name: string) => string,
): { readonly segments: Segments; readonly names: readonly string[] } {
  const count = stretches.length;
  const points = stretches.reduce((sum, { x }) => sum + x.length, 0);
  const segments: Segments = {
    count,
    name: new Int32Array(count),
    kind: new Uint8Array(count),
    metres: new Float64Array(count),
    midBlock: new Float64Array(count),
    odd: new Int8Array(2 * count),
    corner: new Int32Array(4 * count).fill(-1),
    from: new Int32Array(count + 1),
    x: new Float64Array(points),
    y: new Float64Array(points),
  };
  const numbers = new Map<string, number>([['', 0]]);
  let at = 0;
  stretches.forEach(({ street, x, y }, s) => {
    const key = keyOf(street.name);
    const name = numbers.get(key) ?? numbers.size;
    numbers.set(key, name);
    segments.name[s] = name;
    segments.kind[s] = STREET_KINDS.indexOf(street.kind);
    segments.midBlock[s] = costs[street.kind].midBlock;
    segments.odd[2 * s] = street.leftOdd;
    segments.odd[2 * s + 1] = street.rightOdd;
    let metres = 0;
    x.forEach((px, i) => {
      const py = y[i] as number;
      if (i > 0) metres += Math.hypot(px - (x[i - 1] as number), py - (y[i - 1] as number));
      segments.x[at] = px;
      segments.y[at++] = py;
    });
    segments.metres[s] = metres;
    segments.from[s + 1] = at;
  });
  return { segments, names: [...numbers.keys()] };
}
