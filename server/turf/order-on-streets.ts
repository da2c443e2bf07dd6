import { setImmediate } from 'node:timers/promises';
import type { Building } from '#shared/model/door.ts';
import { type OrderedDoor, orderDoors } from '#shared/walk/order-doors.ts';
import type { WalkDoor } from '#shared/walk/group-stops.ts';
import { planWalk, SHORTEST, type WalkPlanWish } from '#shared/walk/plan-walk.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { findAround } from './walk-around.ts';
import { groundFor } from './walk-ground.ts';

/**
 * Puts doors in the order in which walking them on the chapter's own streets is short, or as it was
 * wished (law 10): both sides of a street apart, crossings with their price, a building as one stop
 * with its units by floor. The same for the same doors and streets, on every machine. Buildings
 * without a place come last, by street and number. A chapter without streets has them made up out of
 * its addresses; doors without any place have the order of `orderDoors`. Others are served in
 * between: a step takes some 50 ms.
 */
export async function orderOnStreets<D extends OrderedDoor>(
  db: ChapterDb,
  doors: readonly D[],
  buildings: readonly Building[],
  wish: WalkPlanWish = SHORTEST,
): Promise<D[]> {
  return (await walkOnStreets(db, doors, buildings, wish)).doors;
}

/** The same with how many metres that walk is. */
export async function walkOnStreets<D extends OrderedDoor>(
  db: ChapterDb,
  doors: readonly D[],
  buildings: readonly Building[],
  wish: WalkPlanWish = SHORTEST,
): Promise<{ readonly doors: D[]; readonly metres: number }> {
  const plain = orderDoors(doors, buildings);
  const walkDoors = toWalkDoors(plain, buildings);
  const places = walkDoors.flatMap(placeOf);
  if (places.length === 0 && wish.byHand === null) return { doors: plain, metres: 0 };
  const { network } = await groundFor(db, places, () => findAround(db, places));
  const walk = await inTurns(planWalk(walkDoors, wish, network, false));
  const doorOf = new Map(plain.map((door): [string, D] => [door.id, door]));
  const ordered = walk.order.flatMap((id) => doorOf.get(id) ?? []);
  return { doors: ordered, metres: Math.round(walk.metres) };
}

/** Doors as a walk knows them. */
export function toWalkDoors(
  doors: readonly OrderedDoor[],
  buildings: readonly Building[],
): WalkDoor[] {
  const byId = new Map<string, Building>(buildings.map((building) => [building.id, building]));
  return doors.map(({ id, buildingId, unit }) => {
    const { lon = null, lat = null, street = '', number = '' } = byId.get(buildingId) ?? {};
    return { id, lon, lat, building: buildingId, street, number, unit };
  });
}

/** Where a door is, if that is known. */
export function placeOf({ lon, lat, street = '', number = '' }: WalkDoor) {
  return lon === null || lat === null ? [] : [{ lon, lat, street, number }];
}

/** Does a piece of work in its steps, others in between. */
export async function inTurns<T>(work: Generator<undefined, T>): Promise<T> {
  let step = work.next();
  for (; !step.done; step = work.next()) await setImmediate();
  return step.value;
}
