import type { Position } from '../model/geojson.ts';
import { placeStops } from '../streets/place-stops.ts';
import { planeAround, toX, toY } from '../streets/plane.ts';
import { DETOUR, type StreetNetwork } from '../streets/street-network.ts';
import { traceWalk } from '../streets/trace-walk.ts';
import type { WalkDoor } from './group-stops.ts';
import { orderByHand } from './order-by-hand.ts';
import { orderInParts } from './order-in-parts.ts';
import { type Walk, walkInSteps } from './order-walk.ts';
import { kicksFor } from './solve-tour.ts';

/** How a walk is wished; see `WalkWish`. */
export interface WalkPlanWish {
  readonly start: Position | null;
  readonly comeBack: boolean;
  readonly oneSide: boolean;
  readonly byHand: readonly string[] | null;
}

export const SHORTEST: WalkPlanWish = {
  start: null,
  comeBack: false,
  oneSide: false,
  byHand: null,
};

/** Distances grow with the square of the stops: more are walked in parts. */
const MOST_STOPS = 800;
/** What a tour of 250 stops is shaken by itself; larger ones get no more than that. */
const MOST_KICKS = 1500;

/** The order of the doors as wished, every door once; what is said of it is of the short walk. */
export function* orderAsWished(
  doors: readonly WalkDoor[],
  wish: WalkPlanWish,
  network: StreetNetwork | null,
  proof: boolean,
): Generator<undefined, Walk> {
  const count = new Set(doors.map(({ id, building }) => building ?? id)).size;
  const { start, comeBack, oneSide, byHand } = wish;
  const options = {
    ...(network === null ? {} : { network }),
    ...(start === null ? {} : { start }),
    comeBack,
    oneSide,
    proof,
    kicks: Math.min(MOST_KICKS, kicksFor(Math.min(count, MOST_STOPS))),
  };
  const walk = yield* count > MOST_STOPS
    ? orderInParts(doors, { ...options, kicks: kicksFor(250) })
    : walkInSteps(doors, options);
  if (byHand === null) return walk;
  const order = orderByHand(doors, byHand, walk.order);
  const stopOf = new Map(doors.map(({ id, building }) => [id, building ?? id]));
  let [number, last]: [number, string | undefined] = [0, undefined];
  const stops = order.map((id) => {
    if (stopOf.get(id) !== last) number++;
    last = stopOf.get(id);
    return number;
  });
  return { ...walk, order, stops };
}

/** A walk with what one can tell people of it. */
export interface WalkPlan {
  readonly order: readonly string[];
  /** The number of each door's stop, from 1. */
  readonly stops: readonly number[];
  readonly line: readonly Position[];
  /** On foot, without the price of crossings. */
  readonly metres: number;
  readonly crossings: number;
  /** Metres with the price of crossings. */
  readonly length: number;
  /** No order of these stops that keeps the wish has a smaller length; 0 when it is not known. */
  readonly lowerBound: number;
  /** Stops whose way is a straight line: off the streets or on streets that nothing connects. */
  readonly guessed: number;
  readonly unplaced: number;
}

/**
 * A walk as wished, in short steps between which others may work: its order, the way itself, how
 * long it is and how short it could be at least, unless nobody asks for a proof. Without a network
 * ways are straight lines at 1.4 times their length.
 */
export function* planWalk(
  doors: readonly WalkDoor[],
  wish: WalkPlanWish,
  network: StreetNetwork | null,
  proof = true,
): Generator<undefined, WalkPlan> {
  const walk = yield* orderAsWished(doors, wish, network, proof);
  yield;
  const { order, stops, lowerBound, unplaced, offStreets, cutOff } = walk;
  const places = placesOf(doors, walk, wish);
  const way = network === null ? straightWay(places) : streetWay(network, places, wish.oneSide);
  return {
    order,
    stops,
    line: way.line,
    metres: way.metres,
    crossings: way.crossings,
    length: way.length,
    lowerBound: Math.min(way.length, lowerBound),
    guessed: network === null ? places.length : offStreets + cutOff,
    unplaced: unplaced.length,
  };
}

interface WayPlace {
  readonly lon: number;
  readonly lat: number;
  readonly street: string;
  readonly number: string;
}

/** Where the way leads, one stop after another, with its start and its end. */
function placesOf(
  doors: readonly WalkDoor[],
  { order, stops, unplaced }: Walk,
  { start, comeBack }: WalkPlanWish,
): WayPlace[] {
  const lost = new Set(unplaced);
  const byId = new Map(doors.map((door) => [door.id, door]));
  const places: WayPlace[] = [];
  if (start !== null) places.push({ lon: start[0], lat: start[1], street: '', number: '' });
  let last = 0;
  order.forEach((id, at) => {
    const { lon, lat, street = '', number = '' } = byId.get(id) ?? {};
    if (lost.has(id) || stops[at] === last) return;
    // The first door of a stop may have no place of its own; another of its building does.
    if (typeof lon !== 'number' || typeof lat !== 'number') return;
    last = stops[at] as number;
    places.push({ lon, lat, street, number });
  });
  const [first] = places;
  if (comeBack && first !== undefined && places.length > 1) places.push(first);
  return places;
}

interface Way {
  readonly line: readonly Position[];
  readonly metres: number;
  readonly crossings: number;
  readonly length: number;
}

function streetWay(network: StreetNetwork, places: readonly WayPlace[], oneSide: boolean): Way {
  const placed = placeStops(network, places);
  return traceWalk(
    network,
    placed,
    places.map((_, index) => index),
    { oneSide },
  );
}

function straightWay(places: readonly WayPlace[]): Way {
  const [first] = places;
  const plane = planeAround(first?.lon ?? 0, first?.lat ?? 0);
  let metres = 0;
  places.slice(1).forEach(({ lon, lat }, i) => {
    const before = places[i] as WayPlace;
    metres +=
      DETOUR *
      Math.hypot(
        toX(plane, lon) - toX(plane, before.lon),
        toY(plane, lat) - toY(plane, before.lat),
      );
  });
  const rounded = Math.round(metres * 10) / 10;
  const line = places.map(({ lon, lat }): Position => [lon, lat]);
  return { line, metres: rounded, crossings: 0, length: rounded };
}
