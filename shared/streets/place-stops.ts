import { toX, toY } from './plane.ts';
import { SegmentIndex } from './segment-index.ts';
import { streetKey } from './street-key.ts';
import type { StreetNetwork } from './street-network.ts';

/** Something with a place that one walks to: a building, a house. */
export interface StopPlace {
  readonly lon: number;
  readonly lat: number;
  /** The street it belongs to; empty or absent when unknown. */
  readonly street?: string;
  /** Its house number as written; absent when unknown. */
  readonly number?: string;
}

/** Stops on a network, as columns. */
export interface PlacedStops {
  readonly count: number;
  /** The stop itself, in metres of the plane. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** The segment it stands on, -1 when it is off all streets. */
  readonly segment: Int32Array;
  /** 0 left, 1 right; its face is 2 * segment + side. */
  readonly side: Uint8Array;
  /** Metres from the segment's first point. */
  readonly along: Float64Array;
  /** Metres from the middle of the street to the stop: a driveway, when it is long. */
  readonly away: Float64Array;
}

export interface PlaceOptions {
  /** The same key that the network's names were made with; `streetKey` when not given. */
  readonly keyOf?: (name: string) => string;
}

/** A street of its own name counts as a stop's street within this many metres. */
const OWN_STREET = 90;
/** What is further from every street, in metres, is off the streets. */
export const OFF_STREETS = 500;

/**
 * Puts stops on the streets: each on the nearest stretch of its own street within 90 m, else on
 * the nearest of any within 500 m, else on none. The side is the one it lies on, except where its
 * number's parity says that it belongs to the other: by the map's own address ranges, or by what
 * most of its neighbours on that stretch show. Places must be finite numbers.
 */
export function placeStops(
  network: StreetNetwork,
  places: readonly StopPlace[],
  { keyOf = streetKey }: PlaceOptions = {},
): PlacedStops {
  const count = places.length;
  const stops: PlacedStops = {
    count,
    x: new Float64Array(count),
    y: new Float64Array(count),
    segment: new Int32Array(count).fill(-1),
    side: new Uint8Array(count),
    along: new Float64Array(count),
    away: new Float64Array(count),
  };
  const index = indexOf(network);
  const numbers = new Map(network.names.map((name, number) => [name, number]));
  const keys = new Map<string, number>();
  const nameOf = (street: string | undefined): number => {
    if (!street) return -1;
    const known = keys.get(street) ?? numbers.get(keyOf(street)) ?? -1;
    keys.set(street, known);
    return known > 0 ? known : -1;
  };
  const own = new Uint8Array(count);
  places.forEach(({ lon, lat, street }, i) => {
    const x = toX(network.plane, lon);
    const y = toY(network.plane, lat);
    stops.x[i] = x;
    stops.y[i] = y;
    const name = nameOf(street);
    const named = name < 0 ? null : index.nearest(x, y, name, OWN_STREET);
    const foot = named ?? index.nearest(x, y, -1, OFF_STREETS);
    if (foot === null) return;
    own[i] = named === null ? 0 : 1;
    stops.segment[i] = foot.segment;
    stops.side[i] = foot.side;
    stops.along[i] = foot.along;
    stops.away[i] = foot.away;
  });
  repairSides(network, stops, places, own);
  return stops;
}

/** A network is asked again and again: what finds its segments is made once. */
const indexes = new WeakMap<StreetNetwork, SegmentIndex>();

function indexOf(network: StreetNetwork): SegmentIndex {
  const known = indexes.get(network);
  if (known !== undefined) return known;
  const made = new SegmentIndex(network.segments);
  indexes.set(network, made);
  return made;
}

const DIGITS = /\d{1,9}/;

/** Moves stops to the side that their numbers belong to. */
function repairSides(
  { segments }: StreetNetwork,
  stops: PlacedStops,
  places: readonly StopPlace[],
  own: Uint8Array,
): void {
  const odd = Int8Array.from(places, ({ number }, i) => {
    const digits = own[i] === 1 ? DIGITS.exec(number ?? '')?.[0] : undefined;
    return digits === undefined ? -1 : Number(digits) % 2;
  });
  // For each face how many odd and how many even numbers stand on it.
  const seen = new Int32Array(4 * segments.count);
  for (let i = 0; i < stops.count; i++) {
    if ((odd[i] as number) < 0) continue;
    const at =
      4 * (stops.segment[i] as number) + 2 * (stops.side[i] as number) + (odd[i] as number);
    seen[at] = (seen[at] as number) + 1;
  }
  for (let i = 0; i < stops.count; i++) {
    const parity = odd[i] as number;
    if (parity < 0) continue;
    const face = 2 * (stops.segment[i] as number) + (stops.side[i] as number);
    const here = parityOfFace(segments.odd, seen, face);
    const there = parityOfFace(segments.odd, seen, face ^ 1);
    if (here === 1 - parity && there === parity) stops.side[i] = (stops.side[i] as number) ^ 1;
  }
}

/** The parity of a face: what the map says, else what three in four of at least four stops show. */
function parityOfFace(said: Int8Array, seen: Int32Array, face: number): number {
  if ((said[face] as number) >= 0) return said[face] as number;
  const [even, odd] = [seen[2 * face] as number, seen[2 * face + 1] as number];
  if (even + odd < 4) return -1;
  return odd >= 3 * even ? 1 : even >= 3 * odd ? 0 : -1;
}
