/** Who may follow whom: `width` stops a row, nearest first, -1 behind the last; and how far that is. */
interface WalkGraph {
  readonly n: number;
  readonly candidates: Int32Array;
  readonly width: number;
  /** How far each candidate is. */
  readonly costs: Int32Array;
  readonly between: (a: number, b: number) => number;
}

/**
 * A round walk to begin with: the shortest links first, for as long as no stop has three and no ring
 * closes; then from the end of each piece on to the piece that begins nearest. `pinned`: the last
 * stop is beside the first. Method: greedy edge matching (Bentley 1992).
 */
export function greedyWalk(graph: WalkGraph, pinned: boolean): Int32Array {
  const { n } = graph;
  const pieces = new Pieces(n);
  if (pinned) pieces.join(0, n - 1);
  joinShortest(graph, pieces);
  return chain(graph, pieces);
}

/** Pieces of a walk: whom each stop is joined to, -1 nobody. */
class Pieces {
  /** Two places a stop. */
  readonly joined: Int32Array;
  readonly #parent: Int32Array;

  constructor(n: number) {
    this.joined = new Int32Array(2 * n).fill(-1);
    this.#parent = Int32Array.from({ length: n }, (_, i) => i);
  }

  isInside(stop: number): boolean {
    return (this.joined[2 * stop + 1] as number) >= 0;
  }

  /** Joins two ends of two pieces; does nothing where they are no ends, or of one piece. */
  join(a: number, b: number): void {
    if (this.isInside(a) || this.isInside(b)) return;
    const [one, other] = [this.#top(a), this.#top(b)];
    if (one === other) return;
    this.#parent[Math.max(one, other)] = Math.min(one, other);
    this.joined[2 * a + ((this.joined[2 * a] as number) < 0 ? 0 : 1)] = b;
    this.joined[2 * b + ((this.joined[2 * b] as number) < 0 ? 0 : 1)] = a;
  }

  #top(stop: number): number {
    const parent = this.#parent;
    let at = stop;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number;
      at = parent[at] as number;
    }
    return at;
  }
}

function joinShortest({ n, candidates, width, costs }: WalkGraph, pieces: Pieces): void {
  const room = n * width;
  // The way and its place in one number, so that a plain sort puts them in order.
  const keys = new Float64Array(room);
  let size = 0;
  for (let a = 0; a < n; a++) {
    for (let at = a * width; at < (a + 1) * width; at++) {
      const b = candidates[at] as number;
      if (b < 0) break;
      // Each link once, and those that are pinned not at all.
      if (b < a && isListed(candidates, width, b, a)) continue;
      const far = costs[at] as number;
      if (far >= 0) keys[size++] = far * room + at;
    }
  }
  for (const key of keys.subarray(0, size).sort()) {
    const at = key % room;
    pieces.join(Math.floor(at / width), candidates[at] as number);
  }
}

function isListed(candidates: Int32Array, width: number, of: number, stop: number): boolean {
  for (let at = of * width; at < (of + 1) * width; at++) if (candidates[at] === stop) return true;
  return false;
}

/** From the end of each piece on to the nearest end that is left. */
function chain({ n, between }: WalkGraph, { joined }: Pieces): Int32Array {
  const ends: number[] = [];
  for (let stop = 0; stop < n; stop++) if ((joined[2 * stop + 1] as number) < 0) ends.push(stop);
  const tour = new Int32Array(n);
  const done = new Uint8Array(n);
  let left = ends.length;
  let size = 0;
  let next = ends[0] ?? 0;
  for (;;) {
    let last = -1;
    for (let at = next; at >= 0;) {
      tour[size++] = at;
      done[at] = 1;
      const [one, other] = [joined[2 * at] as number, joined[2 * at + 1] as number];
      const onwards = one === last ? other : one;
      last = at;
      at = onwards;
    }
    if (size === n) return tour;
    // Ends that are used up go, so that fewer and fewer are asked.
    let kept = 0;
    let [nearest, least] = [-1, Infinity];
    for (let i = 0; i < left; i++) {
      const end = ends[i] as number;
      if (done[end] === 1) continue;
      ends[kept++] = end;
      const far = between(last, end);
      if (far < least) [nearest, least] = [end, far];
    }
    left = kept;
    next = nearest;
  }
}
