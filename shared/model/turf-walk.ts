import { Type, type Static } from 'typebox';
import type { BuildingId, DoorId, TurfId } from '../kernel/ids.ts';
import type { Position } from './geojson.ts';
import { id, strict } from './schema.ts';
import type { TurfState } from './turf.ts';

/** A phone carries a turf whole, and no turf holds more doors. */
const MOST_DOORS = 5000;

const Place = Type.Tuple([
  Type.Number({ minimum: -180, maximum: 180 }),
  Type.Number({ minimum: -90, maximum: 90 }),
]);

/**
 * How a turf is to be walked. `start` is where one begins, a car or a stop of the bus; `comeBack`
 * ends there, or without a start where one began. `oneSide` crosses streets at corners alone: one
 * side out, the other back. `byHand` is an order of the turf's doors that somebody made: doors that
 * it does not name follow where walking to them costs least.
 */
export const WalkWish = Type.Object(
  {
    start: Type.Union([Place, Type.Null()]),
    comeBack: Type.Boolean(),
    oneSide: Type.Boolean(),
    byHand: Type.Union([Type.Array(id<DoorId>(), { maxItems: MOST_DOORS }), Type.Null()]),
  },
  strict,
);
export type WalkWish = Static<typeof WalkWish>;

/** What the ways of a walk are known from. */
export type WalkGround =
  | 'streets'
  /** No streets on this chapter's map: guessed from street names and house numbers. */
  | 'addresses'
  /** Nothing but places: straight lines at 1.4 times their length. */
  | 'straight';

/** Where one stops once. */
export interface TurfStop {
  /** From 1, in walk order; the same on phone, desk and paper. */
  readonly number: number;
  readonly buildingId: BuildingId;
  readonly label: string;
  /** Null when nobody knows where it is. */
  readonly lon: number | null;
  readonly lat: number | null;
  /** In walk order. `position` is the door's number on the list. */
  readonly doors: readonly {
    readonly doorId: DoorId;
    readonly unit: string;
    readonly position: number;
  }[];
}

/** `GET /v1/turfs/:id/walk`, and what `PUT` of a wish and `POST …/walk/preview` answer. */
export interface TurfWalk {
  readonly turfId: TurfId;
  readonly name: string;
  readonly state: TurfState;
  readonly version: number;
  readonly wish: WalkWish;
  readonly stops: readonly TurfStop[];
  /** The way on the streets from the first stop to the last, or from the start and back to it. */
  readonly line: readonly Position[];
  /** On foot, without the price of crossings. */
  readonly metres: number;
  readonly minutes: number;
  /** How many streets are crossed. */
  readonly crossings: number;
  /** Metres with the price of crossings: what orders are compared by. */
  readonly length: number;
  /** No order of these stops that keeps the wish, a hand's order aside, has a smaller `length`. */
  readonly lowerBound: number;
  readonly ground: WalkGround;
  /** Stops whose way is a guess: off every street, or on streets that nothing connects. */
  readonly guessed: number;
  readonly unplaced: number;
}

/** `GET /v1/walk-pace`: how this chapter walks, learnt from its walks once there are enough. */
export interface WalkPace {
  readonly minutesADoor: number;
  readonly metresAMinute: number;
  /** Of how many walks it was learnt; 0: it is a guess. */
  readonly walks: number;
}
