import type { Position } from '../../model/geojson.ts';

/** A line that a walk does not go over, and what it is: `water`, `rail`, `road` or `drawn`. */
export interface Barrier {
  readonly kind: string;
  readonly line: readonly Position[];
}

/** Barriers as pieces in the plane, in square buckets. */
export interface BarrierIndex {
  readonly side: number;
  readonly cells: ReadonlyMap<string, readonly number[]>;
  /** x1, y1, x2, y2 of each piece. */
  readonly pieces: Float64Array;
  readonly kinds: readonly string[];
}

const SIDE = 200;
const name = (column: number, row: number): string => `${column} ${row}`;

/** Lays out barriers to ask them; null when there are none. `place` puts degrees into the plane. */
export function indexBarriers(
  barriers: readonly Barrier[],
  place: (position: Position) => readonly [number, number],
): BarrierIndex | null {
  const kinds: string[] = [];
  const pieces: number[] = [];
  const cells = new Map<string, number[]>();
  for (const { kind, line } of barriers) {
    const points = line.map(place);
    for (let i = 0; i + 1 < points.length; i++) {
      const [x1, y1] = points[i] ?? [NaN, NaN];
      const [x2, y2] = points[i + 1] ?? [NaN, NaN];
      if (!Number.isFinite(x1 + y1 + x2 + y2)) continue;
      const piece = kinds.length;
      kinds.push(kind);
      pieces.push(x1, y1, x2, y2);
      // A long piece lies in the cells along it, not in its whole box.
      const steps = Math.ceil(Math.hypot(x2 - x1, y2 - y1) / SIDE) + 1;
      const seen = new Set<string>();
      for (let step = 0; step <= steps; step++) {
        const px = Math.floor((x1 + ((x2 - x1) * step) / steps) / SIDE);
        const py = Math.floor((y1 + ((y2 - y1) * step) / steps) / SIDE);
        for (let c = px - 1; c <= px + 1; c++) {
          for (let r = py - 1; r <= py + 1; r++) seen.add(name(c, r));
        }
      }
      for (const cell of seen) {
        const list = cells.get(cell);
        if (list) list.push(piece);
        else cells.set(cell, [piece]);
      }
    }
  }
  if (kinds.length === 0) return null;
  return { side: SIDE, cells, pieces: Float64Array.from(pieces), kinds };
}

/** Which kinds of barrier lie across the straight line from stop `a` to stop `b`. */
export function crossesAny(
  index: BarrierIndex,
  x: Float64Array,
  y: Float64Array,
  a: number,
  b: number,
): string[] {
  const [ax, ay, bx, by] = [x[a], y[a], x[b], y[b]] as [number, number, number, number];
  const found = new Set<string>();
  const asked = new Set<number>();
  const steps = Math.ceil(Math.hypot(bx - ax, by - ay) / SIDE) + 1;
  for (let step = 0; step <= steps; step++) {
    const column = Math.floor((ax + ((bx - ax) * step) / steps) / SIDE);
    const row = Math.floor((ay + ((by - ay) * step) / steps) / SIDE);
    for (const piece of index.cells.get(name(column, row)) ?? []) {
      if (asked.has(piece)) continue;
      asked.add(piece);
      if (meets(index.pieces, piece * 4, ax, ay, bx, by)) found.add(index.kinds[piece] ?? '');
    }
  }
  return [...found].sort();
}

function meets(
  pieces: Float64Array,
  at: number,
  ax: number,
  ay: number,
  bx: number,
  by: number,
): boolean {
  const cx = pieces[at] as number;
  const cy = pieces[at + 1] as number;
  const dx = pieces[at + 2] as number;
  const dy = pieces[at + 3] as number;
  const turn = (px: number, py: number, qx: number, qy: number, rx: number, ry: number): number =>
    (qx - px) * (ry - py) - (qy - py) * (rx - px);
  return (
    turn(ax, ay, bx, by, cx, cy) > 0 !== turn(ax, ay, bx, by, dx, dy) > 0 &&
    turn(cx, cy, dx, dy, ax, ay) > 0 !== turn(cx, cy, dx, dy, bx, by) > 0
  );
}

/** True when a barrier runs within so many metres of a place; up to the side of a bucket. */
export function barrierNear(index: BarrierIndex, x: number, y: number, reach: number): boolean {
  const here = index.cells.get(name(Math.floor(x / SIDE), Math.floor(y / SIDE))) ?? [];
  return here.some((piece) => {
    const [x1, y1, x2, y2] = index.pieces.subarray(piece * 4, piece * 4 + 4) as unknown as [
      number,
      number,
      number,
      number,
    ];
    const length = (x2 - x1) ** 2 + (y2 - y1) ** 2;
    const along = length === 0 ? 0 : ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length;
    const at = Math.min(1, Math.max(0, along));
    return Math.hypot(x1 + at * (x2 - x1) - x, y1 + at * (y2 - y1) - y) <= reach;
  });
}
