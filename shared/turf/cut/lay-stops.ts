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

const placeKeyOf = ({ street = '', number = '', lon, lat }: CutDoor): string =>
  `${lon} ${lat} ${street.toUpperCase()} ${number.toUpperCase()}`;

/** A Hilbert key is below 2^32, a stop's number below this: both are one number, exactly. */
const MOST_STOPS = 2 ** 20;

/**
 * Lays out doors (with places, sorted) as stops along a Hilbert curve, so that the same doors give the
 * same stops in whatever order they came.
 */
export function layStops(doors: readonly CutDoor[], planar: boolean): Stops {
  const plane = planeOf(doors, planar);
  const named = new Map<string, number>();
  const placed = new Map<string, number>();
  const found: number[][] = [];
  /** The building of each stop found, and the stop of the same building found before it. */
  const home: number[] = [];
  const sister: number[] = [];
  /** The last stop found of each building. */
  const latest: number[] = [];
  doors.forEach((door, i) => {
    const { building, lon, lat } = door;
    const [numbers, key] = building ? [named, building] : [placed, placeKeyOf(door)];
    let one = numbers.get(key);
    if (one === undefined) {
      one = latest.length;
      numbers.set(key, one);
      latest.push(-1);
    }
    let stop = latest[one] as number;
    while (stop >= 0) {
      const there = doors[found[stop]?.[0] as number] as CutDoor;
      if (there.lon === lon && there.lat === lat) break;
      stop = sister[stop] as number;
    }
    if (stop >= 0) found[stop]?.push(i);
    else {
      sister.push(latest[one] as number);
      latest[one] = found.length;
      home.push(one);
      found.push([i]);
    }
  });
  const n = found.length;
  const px = new Float64Array(n);
  const py = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const { lon, lat } = doors[found[i]?.[0] as number] as CutDoor;
    px[i] = toX(plane, lon ?? 0);
    py[i] = toY(plane, lat ?? 0);
  }
  const order = hilbertKeys(px, py)
    .map((key, i) => key * MOST_STOPS + i)
    .sort()
    .map((key) => key % MOST_STOPS);
  const numbers = new Int32Array(latest.length).fill(-1);
  let buildings = 0;
  const building = Int32Array.from(order, (i) => {
    const one = home[i] as number;
    if ((numbers[one] as number) < 0) numbers[one] = buildings++;
    return numbers[one] as number;
  });
  return {
    n,
    plane,
    x: order.map((i) => px[i] as number),
    y: order.map((i) => py[i] as number),
    doors: Array.from(order, (i) => found[i] as number[]),
    building,
    buildings,
  };
}
