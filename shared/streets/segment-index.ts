import { boundsOf, type CellGrid, makeGrid, visitRing } from './point-grid.ts';
import type { Segments } from './street-network.ts';

/** Where a point meets a segment. */
export interface Foot {
  readonly segment: number;
  /** Metres from the segment's first point. */
  readonly along: number;
  /** Metres from the point to the street's middle. */
  readonly away: number;
  /** 0 when the point lies on the left, 1 on the right. */
  readonly side: 0 | 1;
}

const CELL = 60;

/** What rounding may take from a distance to a box, in metres. */
const HAIR = 1e-6;

/** Finds the nearest segment of a place, of one name or of any. */
export class SegmentIndex {
  readonly #segments: Segments;
  #grid: CellGrid | null = null;
  /** The question in which each segment was looked at last. */
  readonly #seen: Int32Array;
  #question = 0;
  /** West, east, south and north of each segment. */
  readonly #boxes: Float64Array;
  /** The segments of name m are `#named[#from[m]]` to `#named[#from[m + 1] - 1]`, ascending. */
  readonly #from: Int32Array;
  readonly #named: Int32Array;

  constructor(segments: Segments) {
    this.#segments = segments;
    const { x, y, from, count, name } = segments;
    this.#seen = new Int32Array(count);
    this.#boxes = new Float64Array(4 * count);
    let names = 0;
    for (let s = 0; s < count; s++) {
      names = Math.max(names, (name[s] as number) + 1);
      let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
      for (let i = from[s] as number; i < (from[s + 1] as number); i++) {
        west = Math.min(west, x[i] as number);
        east = Math.max(east, x[i] as number);
        south = Math.min(south, y[i] as number);
        north = Math.max(north, y[i] as number);
      }
      this.#boxes.set([west, east, south, north], 4 * s);
    }
    this.#from = new Int32Array(names + 1);
    for (const one of name) this.#from[one + 1] = (this.#from[one + 1] as number) + 1;
    for (let m = 0; m < names; m++)
      this.#from[m + 1] = (this.#from[m + 1] as number) + (this.#from[m] as number);
    const next = this.#from.slice();
    this.#named = new Int32Array(count);
    name.forEach((one, s) => {
      const at = next[one] as number;
      this.#named[at] = s;
      next[one] = at + 1;
    });
  }

  /**
   * The nearest point on a segment of this name within `within` metres, or null; `name` -1 is any.
   * Of two equally near segments the one with the smaller number counts.
   */
  nearest(px: number, py: number, name: number, within: number): Foot | null {
    return name >= 0
      ? this.#nearestNamed(px, py, name, within)
      : this.#nearestOfAll(px, py, within);
  }

  #nearestNamed(px: number, py: number, name: number, within: number): Foot | null {
    const [boxes, named] = [this.#boxes, this.#named];
    let best: Foot | null = null;
    let reach = within;
    const end = this.#from[name + 1] ?? 0;
    for (let i = this.#from[name] ?? 0; i < end; i++) {
      const s = named[i] as number;
      const dx = Math.max((boxes[4 * s] as number) - px, px - (boxes[4 * s + 1] as number), 0);
      const dy = Math.max((boxes[4 * s + 2] as number) - py, py - (boxes[4 * s + 3] as number), 0);
      if (dx * dx + dy * dy > (reach + HAIR) * (reach + HAIR)) continue;
      const foot = footOn(this.#segments, s, px, py);
      if (foot.away > reach || (foot.away === reach && best !== null)) continue;
      best = foot;
      reach = foot.away;
    }
    return best;
  }

  #nearestOfAll(px: number, py: number, within: number): Foot | null {
    const grid = (this.#grid ??= gridOf(this.#segments));
    let best: Foot | null = null;
    let reach = within;
    const seen = this.#seen;
    const question = ++this.#question;
    // A segment may pass through the corner of a cell that its points skip: one ring more.
    for (let ring = 0; (ring - 2) * grid.cell <= reach; ring++) {
      visitRing(grid, px, py, ring, (s) => {
        if (seen[s] === question) return;
        seen[s] = question;
        const foot = footOn(this.#segments, s, px, py);
        if (foot.away > reach || (foot.away === reach && best !== null && best.segment < s)) return;
        best = foot;
        reach = foot.away;
      });
    }
    return best;
  }
}

function gridOf(segments: Segments): CellGrid {
  const { x, y, from, count } = segments;
  return makeGrid(boundsOf(x, y), CELL, (put) => {
    for (let s = 0; s < count; s++) {
      const last = (from[s + 1] as number) - 1;
      for (let i = from[s] as number; i < last; i++) walkCells(segments, i, s, put);
    }
  });
}

/** Puts a straight bit of a segment into the cells it passes, by points half a cell apart. */
function walkCells(
  { x, y }: Segments,
  i: number,
  s: number,
  put: (item: number, x: number, y: number) => void,
): void {
  const [x1, y1] = [x[i] as number, y[i] as number];
  const [dx, dy] = [(x[i + 1] as number) - x1, (y[i + 1] as number) - y1];
  const steps = Math.max(1, Math.ceil(Math.hypot(dx, dy) / (CELL / 2)));
  for (let k = 0; k <= steps; k++) put(s, x1 + (dx * k) / steps, y1 + (dy * k) / steps);
}

/** The nearest point of a segment's line. */
export function footOn({ x, y, from }: Segments, s: number, px: number, py: number): Foot {
  let [away, along, left, walked] = [Infinity, 0, true, 0];
  const last = (from[s + 1] as number) - 1;
  for (let i = from[s] as number; i < last; i++) {
    const [x1, y1] = [x[i] as number, y[i] as number];
    const [dx, dy] = [(x[i + 1] as number) - x1, (y[i + 1] as number) - y1];
    const length = Math.sqrt(dx * dx + dy * dy);
    const t = Math.min(1, Math.max(0, ((px - x1) * dx + (py - y1) * dy) / (length * length)));
    const [ox, oy] = [px - (x1 + t * dx), py - (y1 + t * dy)];
    const distance = Math.sqrt(ox * ox + oy * oy);
    if (distance < away) {
      away = distance;
      along = walked + t * length;
      left = dx * (py - y1) - dy * (px - x1) >= 0;
    }
    walked += length;
  }
  return { segment: s, along, away, side: left ? 0 : 1 };
}
