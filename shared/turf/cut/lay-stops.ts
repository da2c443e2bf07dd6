import { FLAT, type Plane, planeAround, toX, toY } from '../../streets/plane.ts';
import type { CutDoor } from './cut.ts';
import { hilbertKeys } from './hilbert.ts';

/** Doors as stops on foot: those of one building at one place are one stop. Columns by stop. */
export interface Stops {
  readonly n: number;
  readonly plane: Plane;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** The doors of each stop, as indexes. */
  readonly doors: readonly (readonly number[])[];
  /** The building of each stop, numbered from 0 in the order of their first stop. */
  readonly building: Int32Array;
  readonly buildings: number;
}

/** A middle that a few doors far away do not move. Longitudes are read from where most doors are. */
function planeOf(doors: readonly CutDoor[], planar: boolean): Plane {
  if (planar) return FLAT;
  const middle = (values: Float64Array): number => values.sort()[values.length >> 1] ?? 0;
  const lons = Float64Array.from(doors, ({ lon }) => lon ?? 0);
  const lats = Float64Array.from(doors, ({ lat }) => lat ?? 0);
  return planeAround(middle(lons), middle(lats));
}

const keyOf = ({ building, street = '', number = '', lon, lat }: CutDoor): string =>
  building ? `b ${building}` : `p ${lon} ${lat} ${street.toUpperCase()} ${number.toUpperCase()}`;

/**
 * Lays out doors (with places, sorted) as stops along a Hilbert curve, so that the same doors give the
 * same stops in whatever order they came.
 */
export function layStops(doors: readonly CutDoor[], planar: boolean): Stops {
  const plane = planeOf(doors, planar);
  const places = new Map<string, number[]>();
  const found: number[][] = [];
  const home: string[] = [];
  doors.forEach((door, i) => {
    const building = keyOf(door);
    const key = `${building} @ ${door.lon} ${door.lat}`;
    const there = places.get(key);
    if (there) {
      there.push(i);
      return;
    }
    const here = [i];
    places.set(key, here);
    found.push(here);
    home.push(building);
  });
  const doorAt = (members: readonly number[]): CutDoor => doors[members[0] ?? 0] as CutDoor;
  const px = found.map((members) => toX(plane, doorAt(members).lon ?? 0));
  const py = found.map((members) => toY(plane, doorAt(members).lat ?? 0));
  const keys = hilbertKeys(px, py);
  const order = found
    .map((_, i) => i)
    .sort((a, b) => (keys[a] as number) - (keys[b] as number) || a - b);
  const numbers = new Map<string, number>();
  const building = Int32Array.from(order, (i) => {
    const key = home[i] as string;
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return known;
  });
  return {
    n: order.length,
    plane,
    x: Float64Array.from(order, (i) => px[i] as number),
    y: Float64Array.from(order, (i) => py[i] as number),
    doors: order.map((i) => found[i] as number[]),
    building,
    buildings: numbers.size,
  };
}
