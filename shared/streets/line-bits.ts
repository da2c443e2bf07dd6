import { boundsOf, type CellGrid, makeGrid } from './point-grid.ts';

const CELL = 60;

/** A street in metres of a plane. */
export interface MadeLine {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

export interface Bit {
  readonly line: number;
  /** From point `i` to the next. */
  readonly i: number;
}

/** A point to be put into a line behind its point `i`. */
export interface Extra {
  readonly i: number;
  readonly t: number;
  readonly x: number;
  readonly y: number;
}

/** Every stretch of every line, to be found by where it lies. */
export function gridOf(lines: readonly MadeLine[]): { bits: readonly Bit[]; grid: CellGrid } {
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
  return { bits, grid };
}

function endsOf(
  lines: readonly MadeLine[],
  line: number,
  i: number,
): [x1: number, y1: number, x2: number, y2: number] {
  const { x, y } = lines[line] as MadeLine;
  return [x[i] as number, y[i] as number, x[i + 1] as number, y[i + 1] as number];
}

/** Notes a point in common wherever two lines cross that may. */
export function findCrossings(
  lines: readonly MadeLine[],
  bits: readonly Bit[],
  grid: CellGrid,
  extra: Extra[][],
  mayCross: (a: number, b: number) => boolean = () => true,
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
        if (a.line === b.line || done.has(pair) || !mayCross(a.line, b.line)) continue;
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

/** The point of a stretch that is nearest to another. */
export interface Found {
  readonly bit: Bit;
  readonly t: number;
  readonly x: number;
  readonly y: number;
  readonly away: number;
}

/** Where a stretch comes nearest to a point. */
export function footOf(lines: readonly MadeLine[], bit: Bit, px: number, py: number): Found {
  const [x1, y1, x2, y2] = endsOf(lines, bit.line, bit.i);
  const [dx, dy] = [x2 - x1, y2 - y1];
  const square = dx * dx + dy * dy;
  const t = square === 0 ? 0 : Math.min(1, Math.max(0, ((px - x1) * dx + (py - y1) * dy) / square));
  const [x, y] = [x1 + t * dx, y1 + t * dy];
  return { bit, t, x, y, away: Math.hypot(px - x, py - y) };
}

/** A line with the points that were noted for it. */
export function withPoints({ name, x, y }: MadeLine, extra: readonly Extra[]): MadeLine {
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
