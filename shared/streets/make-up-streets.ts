import type { Position } from '../model/geojson.ts';
import type { MadeLine } from './line-bits.ts';
import { linkLines } from './link-lines.ts';
import type { StopPlace } from './place-stops.ts';
import { type Plane, toLonLat, toX, toY } from './plane.ts';
import type { Street } from './street.ts';
import { streetKey } from './street-key.ts';

/** Houses of one street with less than this between them, in metres, are on one stretch of it. */
const NEIGHBOURS = 150;
/** A house and one across the street have numbers that differ by no more. */
const ACROSS = 20;
/** Metres between two bends of a street that is made up. */
const BEND = 25;

interface House {
  readonly x: number;
  readonly y: number;
  readonly number: number;
}

const DIGITS = /^\s*(\d{1,9})/;

/**
 * Streets for a chapter that has none: each runs between its odd and its even houses from the
 * lowest number to the highest, crosses what it meets, and is joined at its ends to the street that
 * it points to. A guess, to be called one: a lane without houses is not there, and what looks near
 * may be across a river. Deterministic; time grows with the number of places. Places without a
 * street, a number or a place of their own make none. Source: routing.md's plan, own method.
 */
export function makeUpStreets(places: readonly StopPlace[], plane: Plane): Street[] {
  const lines: MadeLine[] = [];
  for (const [name, houses] of byStreet(places, plane)) {
    for (const near of neighbours(houses)) {
      const line = middleOf(near);
      if (line.x.length > 1) lines.push({ name, ...line });
    }
  }
  return linkLines(lines).map(({ name, x, y }) => ({
    name,
    kind: 'side',
    line: x.map((px, i): Position => toLonLat(plane, px, y[i] as number)),
    leftOdd: -1,
    rightOdd: -1,
  }));
}

/** Numbered houses by street, the streets by their keys. */
function byStreet(places: readonly StopPlace[], plane: Plane): [string, House[]][] {
  const streets = new Map<string, { name: string; houses: House[] }>();
  for (const { lon, lat, street = '', number = '' } of places) {
    const key = streetKey(street);
    const digits = DIGITS.exec(number)?.[1];
    if (key === '' || digits === undefined || !Number.isFinite(lon) || !Number.isFinite(lat))
      continue;
    const house = { x: toX(plane, lon), y: toY(plane, lat), number: Number(digits) };
    const known = streets.get(key);
    if (known) {
      known.houses.push(house);
      if (street < known.name) known.name = street;
    } else streets.set(key, { name: street, houses: [house] });
  }
  return [...streets]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { name, houses }]) => [
      name,
      houses.sort((a, b) => a.number - b.number || a.x - b.x || a.y - b.y),
    ]);
}

/** Houses of one name apart that lie apart: another town may have the street too. */
function neighbours(houses: readonly House[]): House[][] {
  const cells = new Map<string, House[]>();
  const cellOf = ({ x, y }: House): [number, number] => [
    Math.floor(x / NEIGHBOURS),
    Math.floor(y / NEIGHBOURS),
  ];
  for (const house of houses) {
    const key = cellOf(house).join(' ');
    const here = cells.get(key);
    if (here) here.push(house);
    else cells.set(key, [house]);
  }
  const groups: House[][] = [];
  const seen = new Set<string>();
  for (const first of houses) {
    const open = [cellOf(first)];
    const group: House[] = [];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const key = at.join(' ');
      const here = cells.get(key);
      if (here === undefined || seen.has(key)) continue;
      seen.add(key);
      group.push(...here);
      for (const dx of [-1, 0, 1]) {
        for (const dy of [-1, 0, 1]) open.push([at[0] + dx, at[1] + dy]);
      }
    }
    if (group.length > 0) {
      groups.push(group.sort((a, b) => a.number - b.number || a.x - b.x || a.y - b.y));
    }
  }
  return groups;
}

/** The line between the two rows of houses; along the one row where there is no other. */
function middleOf(houses: readonly House[]): { readonly x: number[]; readonly y: number[] } {
  const rows = [0, 1].map((parity) => houses.filter(({ number }) => number % 2 === parity));
  const [even = [], odd = []] = rows;
  const paired = [...pairUp(even, odd), ...pairUp(odd, even)];
  if (paired.length < 2) return thin(houses);
  // A house with nobody across is as far from the middle as the nearest one on its side.
  const points = houses.map(({ x, y, number }) => {
    const { dx, dy } = nearestPair(paired, number);
    return { x: x + dx, y: y + dy, number };
  });
  return thin(points);
}

interface Pair {
  readonly number: number;
  /** From the house to the middle of the street. */
  readonly dx: number;
  readonly dy: number;
}

/** For each house of one row the way to the middle between it and the one across. */
function pairUp(row: readonly House[], other: readonly House[]): Pair[] {
  const pairs: Pair[] = [];
  let at = 0;
  for (const { x, y, number } of row) {
    while (
      at + 1 < other.length &&
      Math.abs((other[at + 1] as House).number - number) <=
        Math.abs((other[at] as House).number - number)
    )
      at++;
    const across = other[at];
    if (across === undefined || Math.abs(across.number - number) > ACROSS) continue;
    pairs.push({ number, dx: (across.x - x) / 2, dy: (across.y - y) / 2 });
  }
  return pairs;
}

function nearestPair(pairs: readonly Pair[], number: number): Pair {
  let best: Pair = pairs[0] as Pair;
  for (const pair of pairs) {
    const same = pair.number % 2 === number % 2;
    const held = best.number % 2 === number % 2;
    const nearer = Math.abs(pair.number - number) < Math.abs(best.number - number);
    if ((same && !held) || (same === held && nearer)) best = pair;
  }
  return best.number % 2 === number % 2
    ? best
    : { number: best.number, dx: -best.dx, dy: -best.dy };
}

/** A line through points in their order: a bend every so often, none that turns back. */
function thin(points: readonly House[]): { readonly x: number[]; readonly y: number[] } {
  const [x, y]: [number[], number[]] = [[], []];
  let bunch: House[] = [];
  const close = (): void => {
    const share = 1 / bunch.length;
    x.push(bunch.reduce((sum, house) => sum + house.x * share, 0));
    y.push(bunch.reduce((sum, house) => sum + house.y * share, 0));
    bunch = [];
  };
  for (const point of points) {
    const [first] = bunch;
    if (first !== undefined && Math.hypot(point.x - first.x, point.y - first.y) > BEND) close();
    bunch.push(point);
  }
  if (bunch.length > 0) close();
  const [first, last] = [points[0], points.at(-1)];
  // A court of a few houses is a street too, or they would stand on somebody else's.
  if (x.length === 1 && first !== undefined && last !== undefined) {
    if (Math.hypot(last.x - first.x, last.y - first.y) > 1) {
      return { x: [first.x, last.x], y: [first.y, last.y] };
    }
  }
  for (let i = 1; i < x.length - 1;) {
    const [ax, ay] = [
      (x[i] as number) - (x[i - 1] as number),
      (y[i] as number) - (y[i - 1] as number),
    ];
    const [bx, by] = [
      (x[i + 1] as number) - (x[i] as number),
      (y[i + 1] as number) - (y[i] as number),
    ];
    // Sharper than 120 degrees: a number out of place, not a street.
    if (ax * bx + ay * by < -0.5 * Math.hypot(ax, ay) * Math.hypot(bx, by)) {
      x.splice(i, 1);
      y.splice(i, 1);
    } else i++;
  }
  return { x, y };
}
