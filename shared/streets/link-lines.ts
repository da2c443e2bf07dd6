import {
  type Bit,
  type Extra,
  findCrossings,
  footOf,
  type Found,
  gridOf,
  type MadeLine,
  withPoints,
} from './line-bits.ts';
import { type CellGrid, visitRing } from './point-grid.ts';

/** How far, in metres, the street lies that an end points to. */
const AHEAD = 90;
/** How far at most any other street lies from an end: a block has a way around it. */
const AROUND = 250;

/**
 * The same lines with a point in common wherever two cross, and nameless ones from each end to the
 * line that it points to, or else to the nearest other.
 */
export function linkLines(lines: readonly MadeLine[]): MadeLine[] {
  const { bits, grid } = gridOf(lines);
  const extra: Extra[][] = lines.map(() => []);
  findCrossings(lines, bits, grid, extra);
  const links = lines.flatMap((_, line) => [
    ...linkEnd(lines, bits, grid, extra, line, true),
    ...linkEnd(lines, bits, grid, extra, line, false),
  ]);
  return [...lines.map((line, at) => withPoints(line, extra[at] ?? [])), ...links];
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
