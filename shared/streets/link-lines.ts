import { boundsOf, type CellGrid, makeGrid, visitRing } from './point-grid.ts';

const CELL = 60;
/** How far, in metres, the street lies that an end points to. */
const AHEAD = 90;
/** How far at most any other street lies from an end: a block has a way around it. */
const AROUND = 250;

/** A street in metres of a plane. */
export interface MadeLine {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

interface Bit {
  readonly line: number;
  /** From point `i` to the next. */
  readonly i: number;
}

interface Extra {
  readonly i: number;
  readonly t: number;
  readonly x: number;
  readonly y: number;
}

/**
 * The same lines with a point in common wherever two cross, and nameless ones from each end to the
 * line that it points to, or else to the nearest other.
 */
export function linkLines(lines: readonly MadeLine[]): MadeLine[] {
  const bits = lines.flatMap(({ x }, line) => x.slice(1).map((_, i): Bit => ({ line, i })));
  const grid = makeGrid(
    boundsOf(
      lines.flatMap(({ x }) => [...x]),
      lines.flatMap(({ y }) => [...y]),
    ),
    CELL,
    (put) => {
      bits.forEach(({ line, i }, at) => {
        const [x1, y1, x2, y2] = endsOf(lines, line, i);
        const steps = Math.max(1, Math.ceil(Math.hypot(x2 - x1, y2 - y1) / (CELL / 2)));
        for (let k = 0; k <= steps; k++) {
          put(at, x1 + ((x2 - x1) * k) / steps, y1 + ((y2 - y1) * k) / steps);
        }
      });
    },
  );
  const extra: Extra[][] = lines.map(() => []);
  findCrossings(lines, bits, grid, extra);
  const links = lines.flatMap((_, line) => [
    ...linkEnd(lines, bits, grid, extra, line, true),
    ...linkEnd(lines, bits, grid, extra, line, false),
  ]);
  return [...lines.map((line, at) => withPoints(line, extra[at] ?? [])), ...links];
}

function endsOf(
  lines: readonly MadeLine[],
  line: number,
  i: number,
): [x1: number, y1: number, x2: number, y2: number] {
  const { x, y } = lines[line] as MadeLine;
  return [x[i] as number, y[i] as number, x[i + 1] as number, y[i + 1] as number];
}

function findCrossings(
  lines: readonly MadeLine[],
  bits: readonly Bit[],
  grid: CellGrid,
  extra: Extra[][],
): void {
  const done = new Set<number>();
  for (let cell = 0; cell + 1 < grid.from.length; cell++) {
    const inside = grid.items.subarray(grid.from[cell], grid.from[cell + 1]);
    for (let p = 0; p < inside.length; p++) {
      for (let q = p + 1; q < inside.length; q++) {
        const [low, high] = [
          Math.min(inside[p] as number, inside[q] as number),
          Math.max(inside[p] as number, inside[q] as number),
        ];
        const [a, b] = [bits[low] as Bit, bits[high] as Bit];
        const pair = low * bits.length + high;
        if (a.line === b.line || done.has(pair)) continue;
        done.add(pair);
        const [x1, y1, x2, y2] = endsOf(lines, a.line, a.i);
        const [x3, y3, x4, y4] = endsOf(lines, b.line, b.i);
        const turn = (x2 - x1) * (y4 - y3) - (y2 - y1) * (x4 - x3);
        if (Math.abs(turn) < 1e-9) continue;
        const t = ((x3 - x1) * (y4 - y3) - (y3 - y1) * (x4 - x3)) / turn;
        const u = ((x3 - x1) * (y2 - y1) - (y3 - y1) * (x2 - x1)) / turn;
        if (t < 0 || t > 1 || u < 0 || u > 1) continue;
        const [x, y] = [x1 + t * (x2 - x1), y1 + t * (y2 - y1)];
        extra[a.line]?.push({ i: a.i, t, x, y });
        extra[b.line]?.push({ i: b.i, t: u, x, y });
      }
    }
  }
}

interface Found {
  readonly bit: Bit;
  readonly t: number;
  readonly x: number;
  readonly y: number;
  readonly away: number;
}

/** The way on from one end of a line, its far end noted in the line that it leads to. */
function linkEnd(
  lines: readonly MadeLine[],
  bits: readonly Bit[],
  grid: CellGrid,
  extra: Extra[][],
  line: number,
  first: boolean,
): MadeLine[] {
  const { x, y } = lines[line] as MadeLine;
  const [end, before] = first ? [0, 1] : [x.length - 1, x.length - 2];
  const [px, py] = [x[end] as number, y[end] as number];
  const [dx, dy] = [px - (x[before] as number), py - (y[before] as number)];
  const length = Math.hypot(dx, dy);
  const ahead = (fx: number, fy: number, away: number): boolean =>
    dx * (fx - px) + dy * (fy - py) >= 0.5 * length * away;
  let straight: Found | null = null;
  let any: Found | null = null;
  for (let ring = 0; (ring - 1) * grid.cell <= AROUND; ring++) {
    const more = visitRing(grid, px, py, ring, (at) => {
      const bit = bits[at] as Bit;
      if (bit.line === line) return;
      const found = footOf(lines, bit, px, py);
      if (found.away > AROUND) return;
      if (any === null || isNearer(found, any)) any = found;
      if (found.away > AHEAD || !ahead(found.x, found.y, found.away)) return;
      if (straight === null || isNearer(found, straight)) straight = found;
    });
    if (!more) break;
  }
  const found = (straight ?? any) as Found | null;
  if (found === null || found.away < 1) return [];
  extra[found.bit.line]?.push({ i: found.bit.i, t: found.t, x: found.x, y: found.y });
  return [{ name: '', x: [px, found.x], y: [py, found.y] }];
}

function isNearer(a: Found, b: Found): boolean {
  return (
    a.away < b.away ||
    (a.away === b.away &&
      (a.bit.line < b.bit.line || (a.bit.line === b.bit.line && a.bit.i < b.bit.i)))
  );
}

function footOf(lines: readonly MadeLine[], bit: Bit, px: number, py: number): Found {
  const [x1, y1, x2, y2] = endsOf(lines, bit.line, bit.i);
  const [dx, dy] = [x2 - x1, y2 - y1];
  const square = dx * dx + dy * dy;
  const t = square === 0 ? 0 : Math.min(1, Math.max(0, ((px - x1) * dx + (py - y1) * dy) / square));
  const [x, y] = [x1 + t * dx, y1 + t * dy];
  return { bit, t, x, y, away: Math.hypot(px - x, py - y) };
}

function withPoints({ name, x, y }: MadeLine, extra: readonly Extra[]): MadeLine {
  const sorted = [...extra].sort((a, b) => a.i - b.i || a.t - b.t);
  const [nx, ny]: [number[], number[]] = [[], []];
  let at = 0;
  x.forEach((px, i) => {
    nx.push(px);
    ny.push(y[i] as number);
    for (; at < sorted.length && sorted[at]?.i === i; at++) {
      nx.push((sorted[at] as Extra).x);
      ny.push((sorted[at] as Extra).y);
    }
  });
  return { name, x: nx, y: ny };
}
