import type { Dice } from '../kernel/random.ts';

/** A closed tour that is to be made short: whole-number distances, and whom each stop may be joined to. */
export interface TourProblem {
  readonly n: number;
  /** Whole numbers, the same both ways. */
  readonly between: (a: number, b: number) => number;
  /** `width` stops a row, nearest first, -1 behind the last: all that a search joins a stop to. */
  readonly candidates: Int32Array;
  readonly width: number;
  /** Steps that a chain may have, three exchanges each; 1 where turning long pieces would cost more. */
  readonly deep?: number;
}

/** Steps of a chain, when nothing else is said, and at most. */
const DEEP = 4;
/** How far apart, in stops of the tour, the ends of a double bridge may be. */
const BRIDGE = 50;

/** Ways to exchange three edges; see `#apply`. */
const TWO = 0;
const TWICE = 1;
const SWAP = 2;
const TURN = 3;

/**
 * A tour as an array, and Lin-Kernighan on it. The basic step exchanges two or three edges (moving
 * a piece of the tour is one of them) and is chained while the sum stays above nothing; a queue
 * holds the stops whose surroundings changed; a double bridge shakes one place at a time, and a
 * journal of reversals takes back what did not help. Same problem, tour and dice: same result.
 * Sources: Lin and Kernighan 1973, Martin, Otto and Felten 1991, Helsgaun 2000.
 */
export class TourSearch {
  readonly #n: number;
  readonly #between: (a: number, b: number) => number;
  readonly #candidates: Int32Array;
  readonly #costs: Int32Array;
  readonly #width: number;
  readonly #deep: number;
  readonly #tour: Int32Array;
  readonly #pos: Int32Array;
  readonly #queue: Int32Array;
  readonly #queued: Uint8Array;
  #queueFrom = 0;
  #queueSize = 0;
  /** Reversals since the journal was cleared, as pairs of positions. */
  #journal = new Int32Array(256);
  #journalSize = 0;
  /** Edges that the chain at work has put in: nobody takes them out again. */
  readonly #added = new Int32Array(4 * DEEP + 8);
  #addedSize = 0;
  // What #step found, in fields so that no object is made for each.
  #t3 = 0;
  #t4 = 0;
  #t5 = 0;
  #t6 = 0;
  #how = TWO;
  #gain = 0;
  length = 0;

  constructor(
    { n, between, candidates, width, deep = DEEP }: TourProblem,
    tour: ArrayLike<number>,
  ) {
    this.#n = n;
    this.#between = between;
    this.#candidates = candidates;
    this.#width = width;
    this.#deep = Math.min(DEEP, deep);
    this.#costs = candidates.map((to, at) => (to < 0 ? 0 : between(Math.floor(at / width), to)));
    this.#tour = Int32Array.from(tour);
    this.#pos = new Int32Array(n);
    this.#queue = new Int32Array(n);
    this.#queued = new Uint8Array(n);
    this.#tour.forEach((stop, at) => (this.#pos[stop] = at));
    this.length = this.#measure();
  }

  get tour(): Int32Array {
    return this.#tour.slice();
  }

  /** Makes the tour as short as chains of exchanges from each stop can. */
  improveAll(): void {
    for (let at = 0; at < this.#n; at++) this.#push(this.#tour[at] as number);
    this.#work();
    this.#journalSize = 0;
  }

  /**
   * Shakes one place of the tour, somewhere or at `start`, mends it, and keeps the result when it is
   * not longer.
   */
  kick(dice: Dice, start = dice.whole(0, this.#n - 1)): void {
    const before = this.length;
    this.#journalSize = 0;
    this.#bridge(dice, start);
    this.#work();
    if (this.length <= before) return;
    this.#undoTo(0);
    this.length = before;
  }

  #measure(): number {
    let sum = 0;
    for (let at = 0; at < this.#n; at++) {
      const next = at + 1 === this.#n ? 0 : at + 1;
      sum += this.#between(this.#tour[at] as number, this.#tour[next] as number);
    }
    return sum;
  }

  #push(stop: number): void {
    if (this.#queued[stop] === 1) return;
    this.#queued[stop] = 1;
    const at = this.#queueFrom + this.#queueSize++;
    this.#queue[at >= this.#n ? at - this.#n : at] = stop;
  }

  #work(): void {
    while (this.#queueSize > 0) {
      const stop = this.#queue[this.#queueFrom] as number;
      this.#queueFrom = this.#queueFrom + 1 === this.#n ? 0 : this.#queueFrom + 1;
      this.#queueSize--;
      this.#queued[stop] = 0;
      while (this.#improve(stop));
    }
  }

  /** One chain of exchanges from a stop that makes the tour shorter; false when there is none. */
  #improve(t1: number): boolean {
    const n = this.#n;
    for (let way = 0; way < 2; way++) {
      const at = this.#pos[t1] as number;
      let t2 =
        way === 0
          ? (this.#tour[at + 1 === n ? 0 : at + 1] as number)
          : (this.#tour[at === 0 ? n - 1 : at - 1] as number);
      const mark = this.#journalSize;
      let open = this.#between(t1, t2);
      this.#addedSize = 0;
      for (let depth = 0; depth < this.#deep; depth++) {
        const shorter = this.#step(t1, t2, open);
        // The last step of a chain closes the tour or was in vain.
        if (this.#gain <= 0 || (!shorter && depth === this.#deep - 1)) break;
        this.#apply(t1, t2);
        if (shorter) {
          this.length -= this.#gain;
          for (let i = 0; i < this.#addedSize; i++) this.#push(this.#added[i] as number);
          this.#push(this.#how === TWO ? this.#t4 : this.#t6);
          this.#push(t1);
          return true;
        }
        open = this.#gain;
        t2 = this.#t6;
      }
      this.#undoTo(mark);
    }
    return false;
  }

  /**
   * Looks for edges to exchange, beginning with t1-t2, which is out already: `open` is what was won
   * so far, with nothing paid to close the tour. True when #gain is what the whole tour wins;
   * false when #gain is what is open after the best step, or nothing.
   */
  #step(t1: number, t2: number, open: number): boolean {
    const n = this.#n;
    const between = this.#between;
    const tour = this.#tour;
    const pos = this.#pos;
    const candidates = this.#candidates;
    const costs = this.#costs;
    const width = this.#width;
    const p1 = pos[t1] as number;
    const p2 = pos[t2] as number;
    const forward = p2 === (p1 + 1 === n ? 0 : p1 + 1);
    const chained = this.#addedSize > 0;
    let best = 0;
    this.#gain = 0;
    for (let k3 = t2 * width; k3 < (t2 + 1) * width; k3++) {
      const g1 = open - (costs[k3] as number);
      if (g1 <= 0) break;
      const t3 = candidates[k3] as number;
      if (t3 < 0) break;
      if (t3 === t1) continue;
      const p3 = pos[t3] as number;
      const after3 = tour[p3 + 1 === n ? 0 : p3 + 1] as number;
      const before3 = tour[p3 === 0 ? n - 1 : p3 - 1] as number;
      const pred3 = forward ? before3 : after3;
      const succ3 = forward ? after3 : before3;
      if (pred3 === t2) continue;
      // The end before t3: the tour could be closed with two exchanged edges.
      if (!chained || !this.#isAdded(t3, pred3)) {
        const t4 = pred3;
        const p4 = pos[t4] as number;
        const g2 = g1 + between(t3, t4);
        // Asked from t1, whose row of distances is at hand.
        const won = g2 - between(t1, t4);
        if (won > 0) return this.#found(TWO, t3, t4, -1, t4, won);
        for (let k5 = t4 * width; k5 < (t4 + 1) * width; k5++) {
          const g3 = g2 - (costs[k5] as number);
          if (g3 <= 0) break;
          const t5 = candidates[k5] as number;
          if (t5 < 0) break;
          if (t5 === t3 || t5 === t1) continue;
          const p5 = pos[t5] as number;
          // Between t2 and t4 the first exchange has turned the tour around.
          const inside = forward
            ? p2 <= p4
              ? p5 >= p2 && p5 <= p4
              : p5 >= p2 || p5 <= p4
            : p4 <= p2
              ? p5 >= p4 && p5 <= p2
              : p5 >= p4 || p5 <= p2;
          const up = inside === forward;
          const p6 = up ? (p5 + 1 === n ? 0 : p5 + 1) : p5 === 0 ? n - 1 : p5 - 1;
          const t6 = tour[p6] as number;
          if (t6 === t4) continue;
          const g4 = g3 + between(t5, t6);
          const all = g4 - between(t1, t6);
          if (all <= 0 && g4 <= best) continue;
          if (chained && this.#isAdded(t5, t6)) continue;
          if (all > 0) return this.#found(TWICE, t3, t4, t5, t6, all);
          best = g4;
          this.#found(TWICE, t3, t4, t5, t6, g4);
        }
      }
      // The end after t3: t2 to t3 is a ring of its own, to be opened somewhere else.
      if (!chained || !this.#isAdded(t3, succ3)) {
        const t4 = succ3;
        const g2 = g1 + between(t3, t4);
        for (let k5 = t4 * width; k5 < (t4 + 1) * width; k5++) {
          const g3 = g2 - (costs[k5] as number);
          if (g3 <= 0) break;
          const t5 = candidates[k5] as number;
          if (t5 < 0) break;
          if (t5 === t3) continue;
          const p5 = pos[t5] as number;
          const inside = forward
            ? p2 <= p3
              ? p5 >= p2 && p5 <= p3
              : p5 >= p2 || p5 <= p3
            : p3 <= p2
              ? p5 >= p3 && p5 <= p2
              : p5 >= p3 || p5 <= p2;
          if (!inside) continue;
          for (let side = 0; side < 2; side++) {
            if (side === 1 && t5 === t2) continue;
            const up = (side === 0) === forward;
            const p6 = up ? (p5 + 1 === n ? 0 : p5 + 1) : p5 === 0 ? n - 1 : p5 - 1;
            const t6 = tour[p6] as number;
            const g4 = g3 + between(t5, t6);
            const all = g4 - between(t1, t6);
            if (all <= 0 && g4 <= best) continue;
            if (chained && this.#isAdded(t5, t6)) continue;
            const how = side === 0 ? SWAP : TURN;
            if (all > 0) return this.#found(how, t3, t4, t5, t6, all);
            best = g4;
            this.#found(how, t3, t4, t5, t6, g4);
          }
        }
      }
    }
    return false;
  }

  #found(how: number, t3: number, t4: number, t5: number, t6: number, gain: number): true {
    this.#how = how;
    this.#t3 = t3;
    this.#t4 = t4;
    this.#t5 = t5;
    this.#t6 = t6;
    this.#gain = gain;
    return true;
  }

  #isAdded(a: number, b: number): boolean {
    for (let i = 0; i < this.#addedSize; i += 2) {
      const x = this.#added[i];
      const y = this.#added[i + 1];
      if ((x === a && y === b) || (x === b && y === a)) return true;
    }
    return false;
  }

  #add(a: number, b: number): void {
    this.#added[this.#addedSize++] = a;
    this.#added[this.#addedSize++] = b;
  }

  /** Does what #step found. */
  #apply(t1: number, t2: number): void {
    const t3 = this.#t3;
    const t4 = this.#t4;
    const t5 = this.#t5;
    const t6 = this.#t6;
    this.#add(t2, t3);
    if (this.#how === TWO) return this.#exchange(t1, t2, t4, t3);
    this.#add(t4, t5);
    if (this.#how === TWICE) {
      this.#exchange(t1, t2, t4, t3);
      this.#exchange(t1, t4, t6, t5);
    } else if (this.#how === TURN) {
      this.#exchange(t1, t2, t6, t5);
      this.#exchange(t2, t5, t3, t4);
    } else {
      this.#exchange(t1, t2, t3, t4);
      this.#exchange(t1, t3, t6, t5);
      this.#exchange(t3, t5, t2, t4);
    }
  }

  /** Takes out a-b and c-d and puts in a-c and b-d; b follows a as d follows c, whichever way around. */
  #exchange(a: number, b: number, c: number, d: number): void {
    const pa = this.#pos[a] as number;
    const pb = this.#pos[b] as number;
    if (pb === (pa + 1 === this.#n ? 0 : pa + 1)) this.#reverse(pb, this.#pos[c] as number);
    else this.#reverse(this.#pos[c] as number, pb);
    void d;
  }

  /** Turns a stretch of positions around, or what is outside of it when that is less. */
  #reverse(from: number, to: number): void {
    const n = this.#n;
    let count = to - from + 1;
    if (count <= 0) count += n;
    let i = from;
    let j = to;
    if (2 * count > n) {
      i = to + 1 === n ? 0 : to + 1;
      j = from === 0 ? n - 1 : from - 1;
      count = n - count;
    }
    if (this.#journalSize + 2 > this.#journal.length) {
      const longer = new Int32Array(2 * this.#journal.length);
      longer.set(this.#journal);
      this.#journal = longer;
    }
    this.#journal[this.#journalSize++] = i;
    this.#journal[this.#journalSize++] = j;
    this.#turn(i, j, count);
  }

  #turn(from: number, to: number, count: number): void {
    const tour = this.#tour;
    const pos = this.#pos;
    const n = this.#n;
    let i = from;
    let j = to;
    for (let swaps = count >> 1; swaps > 0; swaps--) {
      const a = tour[i] as number;
      const b = tour[j] as number;
      tour[i] = b;
      pos[b] = i;
      tour[j] = a;
      pos[a] = j;
      if (++i === n) i = 0;
      if (--j < 0) j = n - 1;
    }
  }

  #undoTo(mark: number): void {
    while (this.#journalSize > mark) {
      const j = this.#journal[--this.#journalSize] as number;
      const i = this.#journal[--this.#journalSize] as number;
      const count = j - i + 1;
      this.#turn(i, j, count <= 0 ? count + this.#n : count);
    }
  }

  /** Four stretches a b c d become a d c b, none turned: what no chain of exchanges can do. */
  #bridge(dice: Dice, start: number): void {
    const n = this.#n;
    const most = Math.max(1, Math.min(BRIDGE, Math.floor((n - 2) / 3)));
    const [b, c, d] = [dice.whole(1, most), dice.whole(1, most), dice.whole(1, most)];
    const [e0, e1] = [this.#stopAt(start), this.#stopAt(start + 1)];
    const [e2, e3] = [this.#stopAt(start + b), this.#stopAt(start + b + 1)];
    const [e4, e5] = [this.#stopAt(start + b + c), this.#stopAt(start + b + c + 1)];
    const [e6, e7] = [this.#stopAt(start + b + c + d), this.#stopAt(start + b + c + d + 1)];
    const between = this.#between;
    this.length += between(e0, e5) + between(e6, e3) + between(e4, e1) + between(e2, e7);
    this.length -= between(e0, e1) + between(e2, e3) + between(e4, e5) + between(e6, e7);
    this.#flipRange((start + 1) % n, b + c + d);
    this.#flipRange((start + 1) % n, d);
    this.#flipRange((start + 1 + d) % n, c);
    this.#flipRange((start + 1 + d + c) % n, b);
    this.#push(e0);
    this.#push(e1);
    this.#push(e2);
    this.#push(e3);
    this.#push(e4);
    this.#push(e5);
    this.#push(e6);
    this.#push(e7);
  }

  #stopAt(at: number): number {
    return this.#tour[at % this.#n] as number;
  }

  /** Turns around exactly these positions, noted in the journal. */
  #flipRange(from: number, count: number): void {
    const to = (from + count - 1) % this.#n;
    if (this.#journalSize + 2 > this.#journal.length) {
      const longer = new Int32Array(2 * this.#journal.length);
      longer.set(this.#journal);
      this.#journal = longer;
    }
    this.#journal[this.#journalSize++] = from;
    this.#journal[this.#journalSize++] = to;
    this.#turn(from, to, count);
  }
}
