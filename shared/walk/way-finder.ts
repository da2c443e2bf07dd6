import { buildNetwork } from '../streets/build-network.ts';
import { makeUpStreets } from '../streets/make-up-streets.ts';
import { type Plane, planeAround, toX, toY } from '../streets/plane.ts';
import { readStreets } from '../streets/read-streets.ts';
import type { StreetNetwork } from '../streets/street-network.ts';
import type { WalkDoor } from './group-stops.ts';
import { nextDoor } from './next-door.ts';

/** So many doors around where one stands decide which comes next; distances grow with the square. */
const MOST = 150;
/** A phone has little time, and the first door of a walk is settled early. */
const KICKS = 200;

/**
 * Finds the next door of a turf's walk once doors were skipped or done out of turn: the first of the
 * shortest way through what is left, on the turf's own streets, from the door where one is. Without
 * streets they are made up out of the doors' addresses.
 */
export class WayFinder {
  readonly #doors: ReadonlyMap<string, WalkDoor>;
  readonly #plane: Plane;
  readonly #network: StreetNetwork;
  readonly #oneSide: boolean;

  constructor(
    doors: readonly WalkDoor[],
    streets: { readonly features: readonly unknown[] },
    oneSide = false,
  ) {
    this.#doors = new Map(doors.map((door) => [door.id, door]));
    const placed = doors.flatMap(({ lon, lat, street = '', number = '' }) =>
      lon === null || lat === null ? [] : [{ lon, lat, street, number }],
    );
    const middle = placed[placed.length >> 1] ?? { lon: 0, lat: 0 };
    this.#plane = planeAround(middle.lon, middle.lat);
    const own = buildNetwork(readStreets(streets).streets, { plane: this.#plane });
    this.#network =
      own.segments.count > 0
        ? own
        : buildNetwork(makeUpStreets(placed, this.#plane), { plane: this.#plane });
    this.#oneSide = oneSide;
  }

  /** The door to go to from door `from`; null when none of those left has a place, or `from` has none. */
  next(from: string, left: readonly string[]): string | null {
    const here = this.#doors.get(from);
    if (here === undefined || here.lon === null || here.lat === null) return null;
    const near = this.#nearest(here, left);
    if (near.length === 0) return null;
    return nextDoor(
      [here, ...near],
      { done: new Set(), at: from },
      { network: this.#network, oneSide: this.#oneSide, kicks: KICKS, proof: false },
    );
  }

  #nearest(here: WalkDoor, left: readonly string[]): WalkDoor[] {
    const away = ({ lon, lat }: WalkDoor): number =>
      Math.hypot(
        toX(this.#plane, lon ?? 0) - toX(this.#plane, here.lon ?? 0),
        toY(this.#plane, lat ?? 0) - toY(this.#plane, here.lat ?? 0),
      );
    return left
      .flatMap((id) => this.#doors.get(id) ?? [])
      .filter(({ id, lon, lat }) => id !== here.id && lon !== null && lat !== null)
      .map((door) => ({ door, metres: away(door) }))
      .sort((a, b) => a.metres - b.metres || (a.door.id < b.door.id ? -1 : 1))
      .slice(0, MOST)
      .map(({ door }) => door);
  }
}
