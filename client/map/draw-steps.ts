import type { Polygon, Position } from '#shared/model/geojson.ts';

/** An outline while it is drawn: its corners in order, and whether it is closed. */
export interface Draft {
  readonly corners: readonly Position[];
  readonly closed: boolean;
}

/**
 * `corners`: a corner with each click or tap. `lasso`: one stroke around the doors. `line`: from one
 * end to the other.
 */
export type DrawTool = 'corners' | 'lasso' | 'line';

/** What a hand has drawn, in degrees. */
export type DrawnShape =
  | { readonly kind: 'outline'; readonly outline: Polygon }
  | { readonly kind: 'line'; readonly line: readonly [Position, Position] };

export const EMPTY_DRAFT: Draft = { corners: [], closed: false };

/** A draft of an outline that exists: its outer ring without the repeated corner. */
export function draftOf(outline: Polygon): Draft {
  const ring = outline.coordinates[0] ?? [];
  return { corners: ring.slice(0, -1), closed: ring.length > 3 };
}

/** The outline of a draft, or null while it has fewer than three corners. */
export function outlineOf({ corners }: Draft): Polygon | null {
  const first = corners[0];
  if (corners.length < 3 || !first) return null;
  return { type: 'Polygon', coordinates: [[...corners, first].map(roundPosition)] };
}

/** What a draft is as it stands; null while it has too few corners. */
export function shapeOf(draft: Draft, tool: DrawTool): DrawnShape | null {
  if (tool === 'line') {
    const [from, to] = draft.corners;
    return from && to ? { kind: 'line', line: [roundPosition(from), roundPosition(to)] } : null;
  }
  const outline = outlineOf(draft);
  return outline && { kind: 'outline', outline };
}

// Seven decimals are a centimetre: more would only make the packet larger.
function roundPosition([lon, lat]: Position): Position {
  return [Math.round(lon * 1e7) / 1e7, Math.round(lat * 1e7) / 1e7];
}

export function addCorner(draft: Draft, corner: Position): Draft {
  return draft.closed ? draft : { corners: [...draft.corners, corner], closed: false };
}

export function closeDraft(draft: Draft): Draft {
  return draft.corners.length < 3 ? draft : { ...draft, closed: true };
}

export function moveCorner(draft: Draft, index: number, to: Position): Draft {
  return { ...draft, corners: draft.corners.map((corner, i) => (i === index ? to : corner)) };
}

/** A new corner after the one at `index`. */
export function insertCorner(draft: Draft, index: number, corner: Position): Draft {
  return { ...draft, corners: draft.corners.toSpliced(index + 1, 0, corner) };
}

/** Takes a corner out; a closed draft keeps three. */
export function removeCorner(draft: Draft, index: number): Draft {
  if (draft.closed && draft.corners.length <= 3) return draft;
  return { ...draft, corners: draft.corners.toSpliced(index, 1) };
}

/**
 * The few points of a hand-drawn line that keep its shape within `tolerance`, in the unit of the
 * points. Method: Douglas and Peucker, 1973.
 */
export function thinLine<P extends readonly [number, number]>(
  points: readonly P[],
  tolerance: number,
): P[] {
  const first = points[0];
  const last = points.at(-1);
  if (points.length < 3 || !first || !last) return [...points];
  let farthest = 0;
  let split = 0;
  for (let i = 1; i < points.length - 1; i++) {
    const away = distanceToSegment(points[i] as P, first, last);
    if (away > farthest) [farthest, split] = [away, i];
  }
  if (farthest <= tolerance) return [first, last];
  return [
    ...thinLine(points.slice(0, split + 1), tolerance).slice(0, -1),
    ...thinLine(points.slice(split), tolerance),
  ];
}

/** Ends that stick out together by less than this part of a stroke were a hand that closed it late. */
const LATE = 0.25;

/**
 * The corners of a stroke drawn around something, in the unit of its points: without its tremble, and
 * without the ends that stick out where it crosses its own beginning. One that crosses itself
 * elsewhere, like an eight, stays as it is.
 */
export function loopOf(points: readonly Point[], tolerance: number): Point[] {
  const line = thinLine(points, tolerance);
  const sides = line.slice(1).map((to, i) => [line[i] as Point, to] as const);
  /** How far it is to a corner from the beginning. */
  const along = [0];
  for (const [from, to] of sides) along.push((along.at(-1) ?? 0) + apart(from, to));
  const length = along.at(-1) ?? 0;
  const before = (i: number): number => along[i] ?? 0;
  const after = (j: number): number => length - before(j + 1);
  let least = LATE * length;
  let loop = line;
  for (const [i, side] of sides.entries()) {
    for (let j = sides.length - 1; j > i + 1 && before(i) + after(j) < least; j--) {
      const late = sides[j] as readonly [Point, Point];
      const meet = crossing(side, late);
      if (meet === null) continue;
      const ends = before(i) + apart(side[0], meet) + apart(meet, late[1]) + after(j);
      if (ends >= least) continue;
      least = ends;
      loop = [meet, ...line.slice(i + 1, j + 1)];
    }
  }
  return loop;
}

type Point = readonly [number, number];

const apart = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** Where two stretches cross; null where they do not, or lie along each other. */
function crossing([a, b]: readonly [Point, Point], [c, d]: readonly [Point, Point]): Point | null {
  const [x1, y1, x2, y2] = [b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]];
  const turn = x1 * y2 - y1 * x2;
  if (turn === 0) return null;
  const first = ((c[0] - a[0]) * y2 - (c[1] - a[1]) * x2) / turn;
  const second = ((c[0] - a[0]) * y1 - (c[1] - a[1]) * x1) / turn;
  if (first < 0 || first > 1 || second < 0 || second > 1) return null;
  return [a[0] + first * x1, a[1] + first * y1];
}

function distanceToSegment(
  [x, y]: readonly [number, number],
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = dx * dx + dy * dy;
  const part =
    length === 0 ? 0 : Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / length));
  return Math.hypot(x - x1 - part * dx, y - y1 - part * dy);
}
