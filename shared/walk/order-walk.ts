import type { Position } from '../model/geojson.ts';
import { placeStops, type PlacedStops } from '../streets/place-stops.ts';
import { FLAT, type Plane, planeAround, toX, toY } from '../streets/plane.ts';
import { stopMatrix } from '../streets/stop-matrix.ts';
import { DETOUR, type StreetNetwork } from '../streets/street-network.ts';
import { groupStops, type WalkDoor, type WalkStop } from './group-stops.ts';
import { guessMatrix } from './guess-matrix.ts';
import { finish } from './finish.ts';
import { tourInSteps } from './solve-tour.ts';
import type { TourMode } from './tour-mode.ts';

export interface WalkOptions {
  /** The streets to walk; without them ways are guessed from straight lines. */
  readonly network?: StreetNetwork;
  /** Places are metres on a plane and ways are straight. */
  readonly planar?: boolean;
  /** Where one begins: a car, a transit stop. It is no stop and stands in no order. */
  readonly start?: Position;
  /** The door that is walked to first, and the one that is walked to last, by their ids. */
  readonly firstDoor?: string;
  readonly lastDoor?: string;
  /** Back to where one began. */
  readonly comeBack?: boolean;
  /** Streets are not crossed between corners: one side out, the other back. */
  readonly oneSide?: boolean;
  readonly kicks?: number;
  readonly seed?: number;
  /** False: how short a walk could be at least is not looked for beyond what the search needs. */
  readonly proof?: boolean;
  readonly spent?: () => number;
}

/** An order of doors, and what is known of it. */
export interface Walk {
  /** Every door once; doors without a place come last. */
  readonly order: readonly string[];
  /** The number of each door's stop, from 1; doors of one building share theirs. */
  readonly stops: readonly number[];
  /** Metres walked, with the price of crossings, from the start to the last stop, or back. */
  readonly length: number;
  /** No order of these stops is shorter. */
  readonly lowerBound: number;
  readonly unplaced: readonly string[];
  /** Stops that no street is near to: ways to them are straight lines at 1.4 times their length. */
  readonly offStreets: number;
  /** Stops on a part of the streets that no street connects with the largest one. */
  readonly cutOff: number;
}

/**
 * Puts doors in the order in which walking them is short, with what shows how short it could be.
 * The order of the doors in the input does not matter, nor does the machine (without `spent`).
 * Holds each door exactly once. A few thousand stops at most: memory grows with their square.
 */
export function orderWalk(doors: readonly WalkDoor[], options: WalkOptions = {}): Walk {
  return finish(walkInSteps(doors, options));
}

/** The same in short steps, between which others may work. */
export function* walkInSteps(
  doors: readonly WalkDoor[],
  options: WalkOptions = {},
): Generator<undefined, Walk> {
  const { stops, unplaced } = groupStops(doors);
  const { start, kicks, seed, proof, spent } = options;
  const { places, mode } = fixEnds(stops, options);
  const { metres, offStreets, cutOff } = measure(places, options);
  yield;
  const found = yield* tourInSteps({
    count: places.length,
    metres,
    mode,
    ...(kicks === undefined ? {} : { kicks }),
    ...(seed === undefined ? {} : { seed }),
    ...(proof === undefined ? {} : { proof }),
    ...(spent === undefined ? {} : { spent }),
  });
  const walked = found.order.filter((index) => start === undefined || index > 0);
  const order: string[] = [];
  const numbers: number[] = [];
  walked.forEach((index, at) => {
    for (const id of places[index]?.doors ?? []) {
      order.push(id);
      numbers.push(at + 1);
    }
  });
  unplaced.forEach((id, at) => {
    order.push(id);
    numbers.push(walked.length + at + 1);
  });
  const { length, lowerBound } = found;
  return { order, stops: numbers, length, lowerBound, unplaced, offStreets, cutOff };
}

/** What has a fixed place in the walk, at the first and the last index; and the mode that says so. */
function fixEnds(
  stops: readonly WalkStop[],
  { start, comeBack = false, firstDoor, lastDoor }: WalkOptions,
): { readonly places: readonly WalkStop[]; readonly mode: TourMode } {
  const holding = (door: string | undefined): WalkStop | undefined =>
    door === undefined ? undefined : stops.find(({ doors }) => doors.includes(door));
  const first = start === undefined ? holding(firstDoor) : startStop(start);
  const found = holding(lastDoor);
  const last = found === first || first === undefined || comeBack ? undefined : found;
  const inner = stops.filter((stop) => stop !== first && stop !== last);
  const places = [...(first ? [first] : []), ...inner, ...(last ? [last] : [])];
  return { places, mode: comeBack ? 'closed' : last ? 'ends' : first ? 'start' : 'open' };
}

function startStop([lon, lat]: Position): WalkStop {
  return { lon, lat, street: '', number: '', doors: [] };
}

interface Measured {
  readonly metres: Float64Array;
  readonly offStreets: number;
  readonly cutOff: number;
}

function measure(
  places: readonly WalkStop[],
  { network, planar = false, oneSide = false }: WalkOptions,
): Measured {
  if (network === undefined || network.segments.count === 0) {
    const plane = planar ? FLAT : middleOf(places);
    const x = Float64Array.from(places, ({ lon }) => toX(plane, lon));
    const y = Float64Array.from(places, ({ lat }) => toY(plane, lat));
    return { metres: guessMatrix(x, y, planar ? 1 : DETOUR), offStreets: 0, cutOff: 0 };
  }
  const placed = placeStops(network, places);
  const all = places.map((_, index) => index);
  const metres = stopMatrix(network, placed, all, { oneSide });
  return {
    metres,
    offStreets: all.filter((index) => placed.segment[index] === -1).length,
    cutOff: countCutOff(network, placed),
  };
}

/** How many stops are on streets that nothing connects with those of the most others. */
function countCutOff({ segments, corners }: StreetNetwork, { segment }: PlacedStops): number {
  const inPart = new Map<number, number>();
  let placed = 0;
  for (const at of segment) {
    if (at < 0) continue;
    placed += 1;
    const part = corners.part[segments.corner[4 * at] as number] as number;
    inPart.set(part, (inPart.get(part) ?? 0) + 1);
  }
  return placed - Math.max(0, ...inPart.values());
}

function middleOf(places: readonly WalkStop[]): Plane {
  const { lon, lat } = places[Math.floor(places.length / 2)] ?? { lon: 0, lat: 0 };
  return planeAround(lon, lat);
}
