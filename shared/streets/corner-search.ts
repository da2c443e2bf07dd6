import type { StreetNetwork } from './street-network.ts';

/**
 * Dijkstra over the corners of a network, from one or more of them, nearest first. One search at a
 * time: the arrays are made once and used again. The heap may hold a corner more than once; what
 * is stale is skipped.
 */
export class CornerSearch {
  readonly #network: StreetNetwork;
  readonly #distance: Float64Array;
  /** The round in which a corner's distance was set, and the negative of it once it is final. */
  readonly #round: Int32Array;
  readonly #settled: Int32Array;
  /** The edge by which a corner was reached, -1 at a start. */
  readonly #edge: Int32Array;
  #now = 0;
  #heap: Float64Array;
  #heapCorner: Int32Array;
  #size = 0;

  constructor(network: StreetNetwork) {
    const { count } = network.corners;
    this.#network = network;
    this.#distance = new Float64Array(count);
    this.#round = new Int32Array(count);
    this.#settled = new Int32Array(count);
    this.#edge = new Int32Array(count);
    this.#heap = new Float64Array(1024);
    this.#heapCorner = new Int32Array(1024);
  }

  /** Forgets the search before. */
  begin(): void {
    this.#now++;
    this.#size = 0;
  }

  /** Lets a corner be reached at a distance, if that is nearer than what is known. */
  reach(corner: number, distance: number, edge = -1): void {
    if (this.#round[corner] === this.#now && (this.#distance[corner] as number) <= distance) return;
    this.#round[corner] = this.#now;
    this.#distance[corner] = distance;
    this.#edge[corner] = edge;
    this.#push(distance, corner);
  }

  /**
   * The next nearest corner, final now, or -1. Its neighbours are reached from it, but for those that
   * would be as far as `within`.
   */
  next(within = Infinity): number {
    const { from, to, metres, price } = this.#network.edges;
    while (this.#size > 0) {
      const corner = this.#heapCorner[0] as number;
      const distance = this.#heap[0] as number;
      this.#pop();
      if (this.#settled[corner] === this.#now) continue;
      if (distance > (this.#distance[corner] as number)) continue;
      this.#settled[corner] = this.#now;
      const end = from[corner + 1] as number;
      for (let e = from[corner] as number; e < end; e++) {
        const far = distance + (metres[e] as number) + (price[e] as number);
        if (far < within) this.reach(to[e] as number, far, e);
      }
      return corner;
    }
    return -1;
  }

  /** The distance of a corner that was reached; Infinity for others. */
  distanceOf(corner: number): number {
    return this.#round[corner] === this.#now ? (this.#distance[corner] as number) : Infinity;
  }

  /** True once nothing nearer can come. */
  isFinal(corner: number): boolean {
    return this.#settled[corner] === this.#now;
  }

  /** The edge by which a reached corner was reached, -1 for a start. */
  edgeTo(corner: number): number {
    return this.#edge[corner] as number;
  }

  #push(distance: number, corner: number): void {
    if (this.#size === this.#heap.length) this.#grow();
    const [heap, corners] = [this.#heap, this.#heapCorner];
    let at = this.#size++;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const held = heap[above] as number;
      if (held <= distance) break;
      heap[at] = held;
      corners[at] = corners[above] as number;
      at = above;
    }
    heap[at] = distance;
    corners[at] = corner;
  }

  #pop(): void {
    const [heap, corners] = [this.#heap, this.#heapCorner];
    const size = --this.#size;
    const distance = heap[size] as number;
    const corner = corners[size] as number;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= size) break;
      if (below + 1 < size && (heap[below + 1] as number) < (heap[below] as number)) below++;
      const held = heap[below] as number;
      if (held >= distance) break;
      heap[at] = held;
      corners[at] = corners[below] as number;
      at = below;
    }
    heap[at] = distance;
    corners[at] = corner;
  }

  #grow(): void {
    const [heap, corners] = [this.#heap, this.#heapCorner];
    this.#heap = new Float64Array(2 * heap.length);
    this.#heapCorner = new Int32Array(2 * heap.length);
    this.#heap.set(heap);
    this.#heapCorner.set(corners);
  }
}
