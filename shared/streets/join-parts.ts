import type { EdgeList } from './lay-corners.ts';
import { type Bounds, boundsOf, makeGrid, visitRing } from './point-grid.ts';
import { type Corners, DETOUR, type Edges, type Join, JOINED } from './street-network.ts';

/** Who belongs together. */
class Parts {
  readonly of: Int32Array;
  constructor(count: number) {
    this.of = Int32Array.from({ length: count }, (_, i) => i);
  }
  find(i: number): number {
    let root = i;
    while (this.of[root] !== root) root = this.of[root] as number;
    for (let at = i; at !== root;) {
      const next = this.of[at] as number;
      this.of[at] = root;
      at = next;
    }
    return root;
  }
  unite(a: number, b: number): void {
    const [one, other] = [this.find(a), this.find(b)];
    // The smaller number wins, so that the order of the edges does not matter.
    if (one < other) this.of[other] = one;
    else this.of[one] = other;
  }
}

/**
 * Joins what no street connects: each part, from the smallest, by a straight line at 1.4 times its
 * length from its corner that is nearest to another part. So every corner can be reached, and the
 * list says where only by guess.
 */
export function joinParts(
  corners: Omit<Corners, 'part'>,
  list: EdgeList,
): { readonly corners: Corners; readonly edges: Edges; readonly joins: Join[] } {
  const { count } = corners;
  const parts = new Parts(count);
  list.a.forEach((a, e) => parts.unite(a, list.b[e] as number));
  const members = new Map<number, number[]>();
  for (let c = 0; c < count; c++) {
    const root = parts.find(c);
    const here = members.get(root);
    if (here) here.push(c);
    else members.set(root, [c]);
  }
  const bySize = [...members.values()].sort(
    (a, b) => b.length - a.length || Number(a[0]) - Number(b[0]),
  );
  const part = new Int32Array(count);
  bySize.forEach((inside, number) => inside.forEach((c) => (part[c] = number)));
  const joins: Join[] = [];
  const nearest = makeNearestForeign(corners, parts);
  for (const inside of bySize.slice(1).reverse()) {
    const link = nearest(inside);
    if (link === null) continue;
    const metres = DETOUR * link.metres;
    list.add(link.from, link.to, metres, 0, JOINED);
    joins.push({ ...link, metres });
    parts.unite(link.from, link.to);
  }
  return { corners: { ...corners, part }, edges: list.sort(count), joins };
}

/** From so many corners on, those that lie near another part are asked first. */
const LARGE = 1000;

interface Box extends Bounds {
  readonly root: number;
}

/** How far a place lies from a box at least. */
function awayFrom({ west, east, south, north }: Bounds, x: number, y: number): number {
  const dx = Math.max(west - x, 0, x - east);
  const dy = Math.max(south - y, 0, y - north);
  return Math.sqrt(dx * dx + dy * dy);
}

/** Finds the shortest straight line from some corners to a corner of another part. */
function makeNearestForeign(corners: Omit<Corners, 'part'>, parts: Parts) {
  const { x, y, count } = corners;
  const grid = makeGrid(boundsOf(x, y), 100, (put) => {
    for (let c = 0; c < count; c++) put(c, x[c] as number, y[c] as number);
  });
  /** What each part, as they are joined so far, lies in. */
  const boxes = (): Box[] => {
    const inside = new Map<number, number[]>();
    for (let c = 0; c < count; c++) {
      const root = parts.find(c);
      const here = inside.get(root);
      if (here) here.push(c);
      else inside.set(root, [c]);
    }
    return [...inside].map(([root, own]) => ({
      root,
      ...boundsOf(
        own.map((c) => x[c] as number),
        own.map((c) => y[c] as number),
      ),
    }));
  };
  return (inside: readonly number[]): Join | null => {
    const own = parts.find(inside[0] as number);
    const best = { from: -1, to: -1, metres: Infinity };
    const foreign = inside.length < LARGE ? [] : boxes().filter(({ root }) => root !== own);
    // A town 8 km off is sought from its own side of this one, not from every corner.
    const least = Float64Array.from(inside, (from) =>
      foreign.reduce(
        (away, box) => Math.min(away, awayFrom(box, x[from] as number, y[from] as number)),
        foreign.length === 0 ? 0 : Infinity,
      ),
    );
    const order = inside.map((_, i) => i);
    if (foreign.length > 0)
      order.sort((a, b) => (least[a] as number) - (least[b] as number) || a - b);
    for (const i of order) {
      if ((least[i] as number) >= best.metres) break;
      const from = inside[i] as number;
      const [fx, fy] = [x[from] as number, y[from] as number];
      for (let ring = 0; (ring - 1) * grid.cell < best.metres; ring++) {
        const more = visitRing(grid, fx, fy, ring, (to) => {
          const metres = Math.hypot((x[to] as number) - fx, (y[to] as number) - fy);
          if (metres >= best.metres || parts.find(to) === own) return;
          [best.from, best.to, best.metres] = [from, to, metres];
        });
        if (!more) break;
      }
    }
    return best.to < 0 ? null : best;
  };
}
