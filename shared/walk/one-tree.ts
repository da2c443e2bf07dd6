/**
 * The Held-Karp bound: prices on stops that make the shortest tree with one loop look like a tour.
 * No tour is shorter than `bound`. Sources: Held and Karp 1971, Volgenant and Jonker 1982.
 */
export interface Ascent {
  readonly bound: number;
  /** A price for each stop, to be added to all of its distances. */
  readonly price: Float64Array;
}

/** A shortest spanning tree of all stops but one, under prices, and that stop's two shortest edges. */
export class OneTree {
  readonly #n: number;
  readonly #distance: Int32Array;
  /** The stop that the loop goes through: the last. */
  readonly root: number;
  readonly degree: Int32Array;
  /** Each stop's neighbour towards the first stop of the tree, in `order` parents come first. */
  readonly parent: Int32Array;
  readonly order: Int32Array;
  readonly ends = new Int32Array(2);
  /** Of the stops that are not in the tree yet, beside each other: number, way to the tree, by whom, price. */
  readonly #rest: Int32Array;
  readonly #near: Float64Array;
  readonly #by: Int32Array;
  readonly #price: Float64Array;

  constructor(n: number, distance: Int32Array) {
    this.#n = n;
    this.#distance = distance;
    this.root = n - 1;
    this.degree = new Int32Array(n);
    this.parent = new Int32Array(n);
    this.order = new Int32Array(n - 1);
    this.#rest = new Int32Array(n);
    this.#near = new Float64Array(n);
    this.#by = new Int32Array(n);
    this.#price = new Float64Array(n);
  }

  /** Grows the tree under these prices; its cost less twice the prices. Method: Prim, n * n steps. */
  grow(price: Float64Array): number {
    const [n, distance, near, rest] = [this.#n, this.#distance, this.#near, this.#rest];
    const [by, prices] = [this.#by, this.#price];
    const { root, degree, parent, order } = this;
    degree.fill(0);
    let left = 0;
    for (let i = 1; i < n - 1; i++) {
      prices[left] = price[i] as number;
      near[left] = Infinity;
      rest[left++] = i;
    }
    let [last, cost, found] = [0, 0, 0];
    order[found++] = 0;
    parent[0] = -1;
    while (left > 0) {
      const row = last * n;
      const own = price[last] as number;
      let [least, at] = [Infinity, 0];
      for (let r = 0; r < left; r++) {
        const way = (distance[row + (rest[r] as number)] as number) + own + (prices[r] as number);
        let known = near[r] as number;
        if (way < known) {
          near[r] = known = way;
          by[r] = last;
        }
        if (known < least) {
          least = known;
          at = r;
        }
      }
      const next = rest[at] as number;
      const up = by[at] as number;
      left--;
      rest[at] = rest[left] as number;
      near[at] = near[left] as number;
      by[at] = by[left] as number;
      prices[at] = prices[left] as number;
      cost += least;
      order[found++] = next;
      parent[next] = up;
      degree[up] = (degree[up] as number) + 1;
      degree[next] = (degree[next] as number) + 1;
      last = next;
    }
    cost += this.#closeLoop(price, root);
    let sum = 0;
    for (let i = 0; i < n; i++) sum += price[i] as number;
    return cost - 2 * sum;
  }

  #closeLoop(price: Float64Array, root: number): number {
    const [n, distance, ends, degree] = [this.#n, this.#distance, this.ends, this.degree];
    let [first, second] = [Infinity, Infinity];
    for (let i = 0; i < n - 1; i++) {
      const way =
        (distance[root * n + i] as number) + (price[root] as number) + (price[i] as number);
      if (way < first) {
        [second, ends[1]] = [first, ends[0] as number];
        [first, ends[0]] = [way, i];
      } else if (way < second) [second, ends[1]] = [way, i];
    }
    for (const end of ends) degree[end] = (degree[end] as number) + 1;
    degree[root] = 2;
    return first + second;
  }
}

/** Without any round there is no bound and no price. */
const LEAST_ROUNDS = 3;

/**
 * Raises the bound for some rounds, each n * n steps, fewer when `spent` says that the time is over
 * (1). `upper` is the length of a tour, `price` where to begin. Ends early when the tree is a tour,
 * for then the bound is the length of the shortest tour, and when the bound reaches `upper`.
 * Method: subgradients with Polyak's steps, fading.
 */
export function ascend(
  n: number,
  distance: Int32Array,
  { rounds, upper, price: begin, spent }: AscentOptions,
): Ascent {
  const tree = new OneTree(n, distance);
  const price = begin === undefined ? new Float64Array(n) : begin.slice();
  const best = price.slice();
  const before = new Float64Array(n);
  let bound = -Infinity;
  for (let round = 0; round < rounds; round++) {
    const over = spent === undefined ? 0 : spent();
    if (round > LEAST_ROUNDS && over >= 1) break;
    const value = tree.grow(price);
    if (value > bound) {
      bound = value;
      best.set(price);
    }
    let size = 0;
    let wrong = 0;
    for (let i = 0; i < n; i++) {
      const off = (tree.degree[i] as number) - 2;
      wrong += off * off;
      const push = off + 0.6 * (before[i] as number);
      size += push * push;
      before[i] = push;
    }
    if (wrong === 0 || bound > upper - 1) break;
    // Long steps first, short ones in the end: with few rounds that matters more than anything.
    const left = 1 - Math.min(1, Math.max(over, round / rounds));
    const step = (left * left * (1.01 * upper - value)) / size;
    for (let i = 0; i < n; i++) {
      price[i] = (price[i] as number) + step * (before[i] as number);
    }
  }
  return { bound, price: best };
}

export interface AscentOptions {
  readonly rounds: number;
  readonly upper: number;
  readonly price?: Float64Array;
  readonly spent?: () => number;
}
