import { buildNetwork } from '../../streets/build-network.ts';
import { placeStops } from '../../streets/place-stops.ts';
import { toX, toY } from '../../streets/plane.ts';
import { type BarrierIndex, indexBarriers } from './barriers.ts';
import type { CutDoor, CutOptions } from './cut.ts';
import { type Stops, layStops } from './lay-stops.ts';
import { makeNetworkMetric } from './network-metric.ts';
import { makePairMetres, type PairMetres } from './pair-metres.ts';
import type { StopMetric } from './stop-metric.ts';
import { makeStraightMetric } from './straight-metric.ts';

/** Neighbours that each stop knows its distance to. More where there is room for them. */
const neighboursOf = (n: number): number => (n <= 60_000 ? 24 : 16);

/** A turf before it is described. */
export interface DraftTurf {
  /** Stops in walking order. */
  readonly stops: readonly number[];
  /** The doors, when they are not simply all of its stops'. */
  readonly doors: readonly number[] | null;
  readonly region: number;
  readonly load: number;
  readonly tower: 'big-building' | 'floors' | null;
}

/** What a cut works on, laid out once. */
export interface CutGround {
  readonly doors: readonly CutDoor[];
  readonly options: CutOptions;
  readonly stops: Stops;
  readonly metric: StopMetric;
  readonly pairs: PairMetres;
  readonly barriers: BarrierIndex | null;
  /** The stops of building b are `stops[from[b]]` to `stops[from[b + 1] - 1]`. */
  readonly from: Int32Array;
  readonly ofBuilding: Int32Array;
  /** The region of each building; -1 for those that cannot be reached. */
  readonly region: Int32Array;
  readonly regions: number;
}

/** Lays out doors (with places, sorted) as stops with walking metres, buildings and regions. */
export function layGround(doors: readonly CutDoor[], options: CutOptions): CutGround {
  const { streets = [], barriers = [], planar = false } = options;
  const stops = layStops(doors, planar);
  const { n, plane, x, y, buildings } = stops;
  const index = indexBarriers(barriers, ([lon, lat]) => [toX(plane, lon), toY(plane, lat)]);
  const doorOf = (stop: number): CutDoor => doors[stops.doors[stop]?.[0] ?? 0] as CutDoor;
  const k = Math.min(neighboursOf(n), Math.max(1, n - 1));
  let metric: StopMetric;
  if (streets.length > 0) {
    const drawn = barriers.filter(({ kind }) => kind === 'drawn').map(({ line }) => line);
    const network = buildNetwork(streets, { plane, barriers: drawn });
    const places = Array.from({ length: n }, (_, stop) => {
      const { lon, lat, street = '', number = '' } = doorOf(stop);
      return { lon: lon ?? 0, lat: lat ?? 0, street, number };
    });
    metric = makeNetworkMetric(network, placeStops(network, places), k);
  } else {
    const names = new Map<string, number>();
    const street = Int32Array.from({ length: n }, (_, stop) => {
      const name = (doorOf(stop).street ?? '').toUpperCase();
      if (name === '') return -1;
      const known = names.get(name) ?? names.size;
      names.set(name, known);
      return known;
    });
    const side = Int32Array.from({ length: n }, (_, stop) => {
      const digits = /\d{1,9}/.exec(doorOf(stop).number ?? '')?.[0];
      return digits === undefined ? -1 : Number(digits) % 2;
    });
    metric = makeStraightMetric({ x, y, street, side, barriers: index }, k);
  }
  const from = new Int32Array(buildings + 1);
  for (const building of stops.building) from[building + 1] = (from[building + 1] as number) + 1;
  for (let b = 0; b < buildings; b++) from[b + 1] = (from[b + 1] as number) + (from[b] as number);
  const fill = from.slice();
  const ofBuilding = new Int32Array(n);
  for (let stop = 0; stop < n; stop++) {
    const building = stops.building[stop] as number;
    ofBuilding[fill[building] as number] = stop;
    fill[building] = (fill[building] as number) + 1;
  }
  // A building is where its first stop on the network is; it has one precinct like anything else.
  const numbers = new Map<string, number>();
  const region = new Int32Array(buildings).fill(-1);
  for (let b = 0; b < buildings; b++) {
    const members = [...ofBuilding.subarray(from[b], from[b + 1])];
    const stop = members.find((one) => (metric.island[one] as number) >= 0);
    if (stop === undefined) continue;
    const precinct = options.wholePrecincts === true ? (doorOf(stop).precinct ?? '') : '';
    const key = `${metric.island[stop]} ${precinct}`;
    region[b] = numbers.get(key) ?? numbers.size;
    numbers.set(key, region[b] as number);
  }
  const pairs = makePairMetres(metric, x, y);
  const regions = numbers.size;
  return {
    doors,
    options,
    stops,
    metric,
    pairs,
    barriers: index,
    from,
    ofBuilding,
    region,
    regions,
  };
}
