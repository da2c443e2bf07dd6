import type { Building } from '../model/door.ts';
import { readHouseNumber, sideOf, type StreetSide } from './house-number.ts';
import { compareUnits } from './order-units.ts';
import { compareNatural, compareText } from './natural-order.ts';

/** What the order looks at. */
export interface OrderedDoor {
  readonly id: string;
  readonly buildingId: string;
  readonly unit: string;
}

const SIDES: readonly StreetSide[] = ['odd', 'even', 'none'];

interface Keyed {
  readonly building: Building;
  readonly number: number;
  readonly rest: string;
  readonly side: number;
}

/**
 * Puts doors in the one order that list, map and paper show (law 10): street by street, up its odd
 * side and back down its even side, so that one crossing a street is enough; house numbers by
 * value, then by what follows them; the units of a building together, by floor. Streets of one
 * name in two towns are two streets. Total and deterministic: the order of the input and the
 * machine's language do not matter. Doors whose building is unknown come last, by id.
 */
export function orderDoors<D extends OrderedDoor>(
  doors: readonly D[],
  buildings: readonly Building[],
): D[] {
  const keyed = new Map<string, Keyed>(
    buildings.map((building) => {
      const parts = readHouseNumber(building.number);
      return [building.id, { building, ...parts, side: SIDES.indexOf(sideOf(parts)) }];
    }),
  );
  return [...doors].sort((a, b) => compareDoors(a, b, keyed));
}

function compareDoors(a: OrderedDoor, b: OrderedDoor, keyed: ReadonlyMap<string, Keyed>): number {
  if (a.buildingId !== b.buildingId) {
    const left = keyed.get(a.buildingId);
    const right = keyed.get(b.buildingId);
    const order = left && right ? compareBuildings(left, right) : left ? -1 : right ? 1 : 0;
    return order || compareText(a.buildingId, b.buildingId);
  }
  return compareUnits(a.unit, b.unit) || compareText(a.id, b.id);
}

function compareBuildings(a: Keyed, b: Keyed): number {
  const street =
    compareNatural(a.building.street.toUpperCase(), b.building.street.toUpperCase()) ||
    compareText(a.building.city.toUpperCase(), b.building.city.toUpperCase()) ||
    a.side - b.side;
  if (street !== 0) return street;
  const up = (Number.isNaN(a.number) ? 0 : a.number - b.number) || compareNatural(a.rest, b.rest);
  return SIDES[a.side] === 'even' ? -up : up;
}
