import type { Stretch } from './split-streets.ts';
import type { CrossingCosts } from './street.ts';
import type { Corners, Edges, Segments } from './street-network.ts';

/** One street that leaves a crossing. */
interface Arm {
  readonly segment: number;
  /** True at the segment's first point. */
  readonly first: boolean;
  readonly angle: number;
}

/** Edges before they are sorted by corner: each once. */
export class EdgeList {
  readonly a: number[] = [];
  readonly b: number[] = [];
  readonly metres: number[] = [];
  readonly price: number[] = [];
  readonly what: number[] = [];

  add(a: number, b: number, metres: number, price: number, what: number): void {
    this.a.push(a);
    this.b.push(b);
    this.metres.push(metres);
    this.price.push(price);
    this.what.push(what);
  }

  /** Both directions of each edge, by the corner that they leave. */
  sort(corners: number): Edges {
    const count = 2 * this.a.length;
    const from = new Int32Array(corners + 1);
    for (const ends of [this.a, this.b]) {
      for (const c of ends) from[c + 1] = (from[c + 1] as number) + 1;
    }
    for (let c = 0; c < corners; c++) from[c + 1] = (from[c + 1] as number) + (from[c] as number);
    const next = from.slice();
    const edges: Edges = {
      from,
      to: new Int32Array(count),
      metres: new Float64Array(count),
      price: new Float64Array(count),
      what: new Int32Array(count),
    };
    const put = (leaves: number, reaches: number, e: number): void => {
      const at = next[leaves] as number;
      next[leaves] = at + 1;
      edges.to[at] = reaches;
      edges.metres[at] = this.metres[e] as number;
      edges.price[at] = this.price[e] as number;
      edges.what[at] = this.what[e] as number;
    };
    this.a.forEach((a, e) => {
      put(a, this.b[e] as number, e);
      put(this.b[e] as number, a, e);
    });
    return edges;
  }
}

/** Metres along a street at which its direction is taken; its very first bend says little. */
const LOOK = 12;

/**
 * Puts a corner into each wedge between two neighbouring streets at a crossing, walks along both
 * faces of each segment, and crosses each street at its corners. Fills `segments.corner`. Where a
 * street only bends or changes its name, crossing it costs what it costs between corners. Around
 * the end of a side street one just walks; a large street's end is where the map ends, so that
 * crossing it costs what it does at a corner.
 */
export function layCorners(
  stretches: readonly Stretch[],
  segments: Segments,
  crossings: number,
  costs: CrossingCosts,
): { readonly corners: Omit<Corners, 'part'>; readonly edges: EdgeList } {
  const arms: Arm[][] = Array.from({ length: crossings }, () => []);
  stretches.forEach(({ x, y, start, end }, segment) => {
    arms[start]?.push({ segment, first: true, angle: angleOf(x, y) });
    arms[end]?.push({ segment, first: false, angle: angleOf(x.toReversed(), y.toReversed()) });
  });
  const [xs, ys]: [number[], number[]] = [[], []];
  const edges = new EdgeList();
  for (const around of arms) {
    const [one] = around;
    if (one === undefined) continue;
    around.sort(
      (a, b) => a.angle - b.angle || a.segment - b.segment || Number(a.first) - Number(b.first),
    );
    const kindOf = (arm: Arm) => costs[(stretches[arm.segment] as Stretch).street.kind];
    const base = xs.length;
    const { x, y } = stretches[one.segment] as Stretch;
    const open = around.length === 1 && (stretches[one.segment] as Stretch).street.kind !== 'side';
    const wedges = open ? 2 : around.length;
    for (let w = 0; w < wedges; w++) {
      xs.push((one.first ? x[0] : x.at(-1)) as number);
      ys.push((one.first ? y[0] : y.at(-1)) as number);
    }
    around.forEach((arm, i) => {
      // Looking out along the arm, wedge i is on its left and the one before on its right.
      const left = base + i;
      const right = base + ((i + wedges - 1) % wedges);
      const at = 4 * arm.segment + (arm.first ? 0 : 2);
      segments.corner[at] = arm.first ? left : right;
      segments.corner[at + 1] = arm.first ? right : left;
      const { midBlock, corner } = kindOf(arm);
      const price = around.length === 2 ? midBlock : Math.min(midBlock, corner);
      if (left !== right && price < Infinity) edges.add(left, right, 0, price, -1 - arm.segment);
    });
  }
  for (let s = 0; s < segments.count; s++) {
    for (let side = 0; side < 2; side++) {
      const a = segments.corner[4 * s + side] as number;
      const b = segments.corner[4 * s + 2 + side] as number;
      edges.add(a, b, segments.metres[s] as number, 0, s);
    }
  }
  const corners = { count: xs.length, x: Float64Array.from(xs), y: Float64Array.from(ys) };
  return { corners, edges };
}

/** The direction in which a line leaves its first point, in radians. */
function angleOf(x: readonly number[], y: readonly number[]): number {
  const [x0, y0] = [x[0] as number, y[0] as number];
  let i = 1;
  while (i < x.length - 1 && Math.hypot((x[i] as number) - x0, (y[i] as number) - y0) < LOOK) i++;
  return Math.atan2((y[i] as number) - y0, (x[i] as number) - x0);
}
