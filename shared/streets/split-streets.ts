import type { Position } from '../model/geojson.ts';
import { type Plane, toX, toY } from './plane.ts';
import type { Street } from './street.ts';

/** A stretch of street between two crossings, in metres of the plane. */
export interface Stretch {
  readonly street: Street;
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** Crossings by number; stretches that share one meet there. */
  readonly start: number;
  readonly end: number;
}

/** Ends as near as this, in metres, meet. */
const MEETS = 1;
/** Ends lie in squares of so many metres: mostly one square alone has to be asked. */
const SQUARE = 16;

/**
 * Cuts streets where they meet: at ends within a metre of each other, and at points that two lines
 * have in common. Lines that cross without a common point do not meet: one is a bridge. Nobody
 * walks past a barrier: a street that crosses one is two dead ends there. Motorways are left out.
 */
export function splitStreets(
  streets: readonly Street[],
  plane: Plane,
  barriers: readonly (readonly Position[])[] = [],
): { readonly stretches: Stretch[]; readonly crossings: number } {
  const lines = streets.flatMap((street) =>
    street.kind === 'limited' ? [] : (flatten(street, plane) ?? []),
  );
  const meet = new MeetingPlaces();
  for (const { x, y } of lines) {
    meet.addEnd(x[0] as number, y[0] as number);
    meet.addEnd(x.at(-1) as number, y.at(-1) as number);
  }
  for (const { x, y } of lines) meet.countInner(x, y);
  const walls = barriers.flatMap((line) => toWalls(line, plane));
  const stretches: Stretch[] = [];
  for (const line of lines) cutLine(line, meet, walls, stretches);
  return { stretches, crossings: meet.count };
}

interface FlatLine {
  readonly street: Street;
  readonly x: number[];
  readonly y: number[];
}

/** A street's line in metres, without points that come twice; null when nothing is left of it. */
function flatten(street: Street, plane: Plane): FlatLine | null {
  const [x, y]: [number[], number[]] = [[], []];
  for (const [lon, lat] of street.line) {
    const [px, py] = [toX(plane, lon), toY(plane, lat)];
    const last = x.length - 1;
    if (last >= 0 && Math.hypot(px - (x[last] as number), py - (y[last] as number)) < 0.01)
      continue;
    x.push(px);
    y.push(py);
  }
  return x.length < 2 ? null : { street, x, y };
}

/** Where lines meet: numbered, found by place. */
class MeetingPlaces {
  count = 0;
  readonly #ends = new Map<number, { x: number; y: number; id: number }[]>();
  /** Inner points by place to a tenth of a metre: how many lines have it. */
  readonly #inner = new Map<number, number>();

  addEnd(x: number, y: number): number {
    const known = this.find(x, y);
    if (known >= 0) return known;
    const id = this.count++;
    const cell = cellOf(Math.floor(x / SQUARE), Math.floor(y / SQUARE));
    const here = this.#ends.get(cell);
    if (here) here.push({ x, y, id });
    else this.#ends.set(cell, [{ x, y, id }]);
    return id;
  }

  /** The crossing within a metre, or -1. */
  find(x: number, y: number): number {
    let [best, found] = [MEETS, -1];
    const square = (at: number): number => Math.floor(at / SQUARE);
    for (let column = square(x - MEETS); column <= square(x + MEETS); column++) {
      for (let row = square(y - MEETS); row <= square(y + MEETS); row++) {
        for (const end of this.#ends.get(cellOf(column, row)) ?? []) {
          const away = Math.hypot(end.x - x, end.y - y);
          if (away < best || (away === best && found < 0)) [best, found] = [away, end.id];
        }
      }
    }
    return found;
  }

  countInner(x: readonly number[], y: readonly number[]): void {
    const own = new Set<number>();
    for (let i = 1; i < x.length - 1; i++) own.add(this.#pointOf(x[i] as number, y[i] as number));
    for (const key of own) this.#inner.set(key, (this.#inner.get(key) ?? 0) + 1);
  }

  /** The crossing at an inner point of a line, or -1 when the line just bends there. */
  atInner(x: number, y: number): number {
    const known = this.find(x, y);
    if (known >= 0) return known;
    return (this.#inner.get(this.#pointOf(x, y)) ?? 0) > 1 ? this.addEnd(x, y) : -1;
  }

  /** A crossing that nothing else will ever meet. */
  addLone(): number {
    return this.count++;
  }

  #pointOf(x: number, y: number): number {
    return cellOf(Math.round(x * 10), Math.round(y * 10));
  }
}

/** Two whole numbers as one: places are less than 13,000 km apart, in tenths of a metre. */
const cellOf = (column: number, row: number): number => column * 2 ** 27 + row;

function cutLine(
  { street, x, y }: FlatLine,
  meet: MeetingPlaces,
  walls: readonly Wall[],
  into: Stretch[],
): void {
  let start = meet.addEnd(x[0] as number, y[0] as number);
  let [sx, sy]: [number[], number[]] = [[x[0] as number], [y[0] as number]];
  const close = (end: number, next: number, px: number, py: number): void => {
    sx.push(px);
    sy.push(py);
    // A loop of no length is no street.
    if (start !== end || sx.length > 2) into.push({ street, x: sx, y: sy, start, end });
    [start, sx, sy] = [next, [px], [py]];
  };
  for (let i = 1; i < x.length; i++) {
    const [px, py] = [x[i] as number, y[i] as number];
    for (const at of wallsBetween(walls, x[i - 1] as number, y[i - 1] as number, px, py)) {
      close(meet.addLone(), meet.addLone(), at.x, at.y);
    }
    const last = i === x.length - 1;
    const crossing = last ? meet.addEnd(px, py) : meet.atInner(px, py);
    if (crossing >= 0) close(crossing, crossing, px, py);
    else {
      sx.push(px);
      sy.push(py);
    }
  }
}

interface Wall {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

function toWalls(line: readonly Position[], plane: Plane): Wall[] {
  return line.slice(1).map(([lon, lat], i) => {
    const [lon1, lat1] = line[i] as Position;
    return { x1: toX(plane, lon1), y1: toY(plane, lat1), x2: toX(plane, lon), y2: toY(plane, lat) };
  });
}

/** Where a straight bit of street meets barriers, in its own direction. */
function wallsBetween(
  walls: readonly Wall[],
  x1: number,
  y1: number,
  x2: number,
  y2: number,
): { readonly x: number; readonly y: number }[] {
  const found: number[] = [];
  const [dx, dy] = [x2 - x1, y2 - y1];
  for (const wall of walls) {
    if (
      Math.max(wall.x1, wall.x2) < Math.min(x1, x2) ||
      Math.min(wall.x1, wall.x2) > Math.max(x1, x2)
    )
      continue;
    if (
      Math.max(wall.y1, wall.y2) < Math.min(y1, y2) ||
      Math.min(wall.y1, wall.y2) > Math.max(y1, y2)
    )
      continue;
    const [wx, wy] = [wall.x2 - wall.x1, wall.y2 - wall.y1];
    const turn = dx * wy - dy * wx;
    if (turn === 0) continue;
    const along = ((wall.x1 - x1) * wy - (wall.y1 - y1) * wx) / turn;
    const across = ((wall.x1 - x1) * dy - (wall.y1 - y1) * dx) / turn;
    if (along > 0 && along < 1 && across >= 0 && across <= 1) found.push(along);
  }
  return found.sort((a, b) => a - b).map((t) => ({ x: x1 + t * dx, y: y1 + t * dy }));
}
