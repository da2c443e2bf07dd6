import type { Dice } from '../kernel/random.ts';

/** A closed tour that is to be made short: whole-number distances, and whom each stop may be joined to. */
export interface TourProblem {
  readonly n: number;
  /** Whole numbers, the same both ways. */
  readonly between: (a: number, b: number) => number;
  /** `width` stops a row, nearest first, -1 behind the last: all that a search joins a stop to. */
  readonly candidates: Int32Array;
  readonly width: number;
  /** How far each candidate is, when that is known already. */
  readonly costs?: Int32Array;
  /** Nothing is nearer to each stop than this: what wins less cannot close the tour, and is not asked. */
  readonly least?: Int32Array;
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
  readonly #least: Int32Array;
  readonly #width: number;
  readonly #deep: number;
  readonly #tour: Int32Array;
  readonly #pos: Int32Array;
  /** From the stop at each position to the one after it: asked far more often than changed. */
  readonly #link: Int32Array;
  readonly #queue: Int32Array;
  readonly #queued: Uint8Array;
  #queueFrom = 0;
  #queueSize = 0;
  /** Reversals since the journal was cleared: two positions, and the links that stood at both ends. */
  #journal = new Int32Array(1024);
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
    { n, between, candidates, width, costs, least, deep = DEEP }: TourProblem,
    tour: ArrayLike<number>,
  ) {
    this.#n = n;
    this.#between = between;
    this.#candidates = candidates;
    this.#width = width;
    this.#deep = Math.min(DEEP, deep);
    this.#costs =
      costs ?? candidates.map((to, at) => (to < 0 ? 0 : between(Math.floor(at / width), to)));
    this.#least = least ?? new Int32Array(n);
    this.#tour = Int32Array.from(tour);
    this.#pos = new Int32Array(n);
    this.#queue = new Int32Array(n);
    this.#queued = new Uint8Array(n);
    this.#link = new Int32Array(n);
    for (let at = 0; at < n; at++) {
      const stop = this.#tour[at] as number;
      this.#pos[stop] = at;
      this.#link[at] = between(stop, this.#tour[at + 1 === n ? 0 : at + 1] as number);
      this.length += this.#link[at] as number;
    }
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
      const next = at + 1 === n ? 0 : at + 1;
      const ahead = at === 0 ? n - 1 : at - 1;
      let t2 = this.#tour[way === 0 ? next : ahead] as number;
      const mark = this.#journalSize;
      let open = this.#link[way === 0 ? at : ahead] as number;
      this.#addedSize = 0;
      for (let depth = 0; depth < this.#deep; depth++) {
        // The last step of a chain closes the tour or is in vain.
        const shorter = this.#step(t1, t2, open, depth === this.#deep - 1);
        if (this.#gain <= 0) break;
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
   * false when #gain is what is open after the best step, or nothing, as always when it is the `last`.
   */
  #step(t1: number, t2: number, open: number, last: boolean): boolean {
    const n = this.#n;
    const link = this.#link;
    const between = this.#between;
    const tour = this.#tour;
    const pos = this.#pos;
    const candidates = this.#candidates;
    const costs = this.#costs;
    const width = this.#width;
    const floors = this.#least;
    const floor = floors[t1] as number;
    const p1 = pos[t1] as number;
    const p2 = pos[t2] as number;
    const forward = p2 === (p1 + 1 === n ? 0 : p1 + 1);
    const chained = this.#addedSize > 0;
    let best = last ? Infinity : 0;
    this.#gain = 0;
    for (let k3 = t2 * width; k3 < (t2 + 1) * width; k3++) {
      const g1 = open - (costs[k3] as number);
      if (g1 <= 0) break;
      const t3 = candidates[k3] as number;
      if (t3 < 0) break;
      if (t3 === t1) continue;
      const p3 = pos[t3] as number;
      const after = p3 + 1 === n ? 0 : p3 + 1;
      const before = p3 === 0 ? n - 1 : p3 - 1;
      const pred3 = tour[forward ? before : after] as number;
      const succ3 = tour[forward ? after : before] as number;
      if (pred3 === t2) continue;
      // The end before t3: the tour could be closed with two exchanged edges.
      if (!chained || !this.#isAdded(t3, pred3)) {
        const t4 = pred3;
        const p4 = pos[t4] as number;
        const g2 = g1 + (link[forward ? before : p3] as number);
        // Asked from t1, whose row of distances is at hand.
        const won = g2 > floor ? g2 - between(t1, t4) : 0;
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
          const g4 = g3 + (link[up ? p5 : p6] as number);
          const all = g4 > floor && g4 > (floors[t6] as number) ? g4 - between(t1, t6) : 0;
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
        const g2 = g1 + (link[forward ? p3 : before] as number);
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
            const g4 = g3 + (link[up ? p5 : p6] as number);
            const all = g4 > floor && g4 > (floors[t6] as number) ? g4 - between(t1, t6) : 0;
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

  /** Turns a stretch of positions around, noted in the journal, or what is outside of it when that is less. */
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
    this.#flip(i, j, count);
  }

  /** Turns around exactly these positions, noted in the journal. */
  #flip(from: number, to: number, count: number): void {
    if (this.#journalSize + 4 > this.#journal.length) {
      const longer = new Int32Array(2 * this.#journal.length);
      longer.set(this.#journal);
      this.#journal = longer;
    }
    const [n, tour, link, journal] = [this.#n, this.#tour, this.#link, this.#journal];
    const ahead = from === 0 ? n - 1 : from - 1;
    const after = to + 1 === n ? 0 : to + 1;
    journal[this.#journalSize] = from;
    journal[this.#journalSize + 1] = to;
    journal[this.#journalSize + 2] = link[ahead] as number;
    journal[this.#journalSize + 3] = link[to] as number;
    this.#journalSize += 4;
    this.#turn(from, to, count);
    link[ahead] = this.#between(tour[ahead] as number, tour[from] as number);
    link[to] = this.#between(tour[to] as number, tour[after] as number);
  }

  /** Stops and the links between them, turned around; the links at both ends are the caller's. */
  #turn(from: number, to: number, count: number): void {
    const tour = this.#tour;
    const pos = this.#pos;
    const link = this.#link;
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
      if (--j < 0) j = n - 1;
      const held = link[i] as number;
      link[i] = link[j] as number;
      link[j] = held;
      if (++i === n) i = 0;
    }
  }

  #undoTo(mark: number): void {
    const [n, link, journal] = [this.#n, this.#link, this.#journal];
    while (this.#journalSize > mark) {
      this.#journalSize -= 4;
      const i = journal[this.#journalSize] as number;
      const j = journal[this.#journalSize + 1] as number;
      const count = j - i + 1;
      this.#turn(i, j, count <= 0 ? count + n : count);
      link[i === 0 ? n - 1 : i - 1] = journal[this.#journalSize + 2] as number;
      link[j] = journal[this.#journalSize + 3] as number;
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

  /** Turns around so many positions from one on. */
  #flipRange(from: number, count: number): void {
    this.#flip(from, (from + count - 1) % this.#n, count);
  }
}
