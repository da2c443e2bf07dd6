import { streetKey } from '../streets/street-key.ts';
import { compareText } from './natural-order.ts';
import { compareUnits } from './order-units.ts';

/** A door that one walks to. */
export interface WalkDoor {
  readonly id: string;
  /** Degrees, or metres on a flat plane; null when nobody knows where it is. */
  readonly lon: number | null;
  readonly lat: number | null;
  /** Doors of one building are one stop, whatever else they say. */
  readonly building?: string;
  readonly street?: string;
  readonly number?: string;
  readonly unit?: string;
}

/** Where one stops once: a building, an address, a door alone. */
export interface WalkStop {
  readonly lon: number;
  readonly lat: number;
  readonly street: string;
  readonly number: string;
  /** By floor and unit. */
  readonly doors: readonly string[];
}

export interface GroupedStops {
  /** In an order of their own that does not depend on the order of the doors. */
  readonly stops: readonly WalkStop[];
  /** Doors without a place, by street and number. */
  readonly unplaced: readonly string[];
}

/**
 * Puts doors of one building, or of one address at one place, together as one stop, their units by
 * floor. Doors without a place of their own share that of their building, if another has one.
 */
export function groupStops(doors: readonly WalkDoor[]): GroupedStops {
  const groups = new Map<string, WalkDoor[]>();
  for (const door of doors) {
    const key = keyOf(door);
    const group = groups.get(key);
    if (group) group.push(door);
    else groups.set(key, [door]);
  }
  const stops: WalkStop[] = [];
  const lost: WalkDoor[] = [];
  for (const group of groups.values()) {
    group.sort((a, b) => compareUnits(a.unit ?? '', b.unit ?? '') || compareText(a.id, b.id));
    const placed = group.filter(isPlaced).sort((a, b) => compareText(a.id, b.id))[0];
    if (placed === undefined) lost.push(...group);
    else {
      const { lon, lat, street = '', number = '' } = placed;
      stops.push({ lon, lat, street, number, doors: group.map(({ id }) => id) });
    }
  }
  stops.sort(
    (a, b) => a.lon - b.lon || a.lat - b.lat || compareText(a.doors[0] ?? '', b.doors[0] ?? ''),
  );
  const spell = ({ street = '', number = '', unit = '', id }: WalkDoor): string =>
    [streetKey(street), number.padStart(9, '0'), unit, id].join('\u0000');
  const unplaced = lost.sort((a, b) => compareText(spell(a), spell(b))).map(({ id }) => id);
  return { stops, unplaced };
}

type Placed = WalkDoor & { readonly lon: number; readonly lat: number };

function isPlaced(door: WalkDoor): door is Placed {
  return Number.isFinite(door.lon) && Number.isFinite(door.lat);
}

function keyOf(door: WalkDoor): string {
  const { id, building, street, number, lon, lat } = door;
  if (building) return `building ${building}`;
  if (!isPlaced(door)) return `lost ${id}`;
  // Two towns may have the same address, so that the place counts too.
  return street && number
    ? `address ${number} ${streetKey(street)} ${lon} ${lat}`
    : `place ${lon} ${lat}`;
}
