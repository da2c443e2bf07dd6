import {
  type Extra,
  findCrossings,
  footOf,
  gridOf,
  type MadeLine,
  withPoints,
} from './line-bits.ts';
import { visitRing } from './point-grid.ts';

/** A line and the storey on which it runs: 0 on the ground, 1 on a bridge, -1 in a tunnel. */
export interface LevelLine extends MadeLine {
  readonly level: number;
}

/** An end so near another line, in metres, ends on it. */
const TOUCHES = 1;

/**
 * The same lines with a point in common wherever two of one storey cross, and where one ends on
 * another, whatever their storeys: of points that lie on a straight line tiles keep none, so that
 * streets of tiles cross without one. Metres of a plane; the lines keep their order and points.
 */
export function meetLines(lines: readonly LevelLine[]): MadeLine[] {
  const { bits, grid } = gridOf(lines);
  const extra: Extra[][] = lines.map(() => []);
  findCrossings(lines, bits, grid, extra, (a, b) => lines[a]?.level === lines[b]?.level);
  for (const [line, { x, y }] of lines.entries()) {
    for (const end of [0, x.length - 1]) {
      const [px, py] = [x[end] as number, y[end] as number];
      // A long stretch lies in many cells.
      const seen = new Set<number>();
      for (const ring of [0, 1]) {
        visitRing(grid, px, py, ring, (at) => {
          const bit = bits[at];
          if (bit === undefined || bit.line === line || seen.has(at)) return;
          seen.add(at);
          const { t, x: fx, y: fy, away } = footOf(lines, bit, px, py);
          if (away <= TOUCHES && t > 0 && t < 1) {
            extra[bit.line]?.push({ i: bit.i, t, x: fx, y: fy });
          }
        });
      }
    }
  }
  return lines.map((line, at) => withPoints(line, extra[at] ?? []));
}
