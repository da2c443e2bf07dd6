import type { Dice } from '../../kernel/random.ts';

/** What a walk is made of: near stops of each and metres between any two. */
export interface WalkField {
  /** n × k, nearest first, -1 where there are no more. */
  readonly near: Int32Array;
  /** Metres to each of `near`. */
  readonly metres: Float32Array;
  readonly k: number;
  /** How many of them a move looks at. */
  readonly asked: number;
  readonly metresOf: (a: number, b: number) => number;
  /** Room for a place and a mark of each stop, lent from walk to walk: -1 and 0 before and after. */
  readonly at: Int32Array;
  readonly waits: Uint8Array;
}

/** A longer piece is never turned round: in a city of 200,000 stops that alone would take minutes. */
const LONGEST_TURN = 30_000;
const EPSILON = 1e-3;

/**
 * One round walk over all stops, near-optimal: 2-opt and Or-opt moves over lists of neighbours with a
 * queue of stops to look at, then `kicks` local double bridges, each kept when the walk got shorter
 * and taken back from a journal of turns when not. `walk` is where it begins (every stop once); it is
 * changed in place. Method: Bentley 1992; Johnson and McGeoch 1997 for the kicks.
 */
export function shortenWalk(
  walk: Int32Array,
  field: WalkField,
  kicks: number,
  dice: Dice,
  isCancelled: () => boolean,
): void {
  const { near, metres, k, metresOf, at, waits } = field;
  const asked = Math.min(k, field.asked);
  const n = walk.length;
  if (n < 5) return;
  for (let i = 0; i < n; i++) at[walk[i] as number] = i;
  const after = (stop: number): number => {
    const i = (at[stop] as number) + 1;
    return walk[i === n ? 0 : i] as number;
  };
  const before = (stop: number): number => {
    const i = at[stop] as number;
    return walk[i === 0 ? n - 1 : i - 1] as number;
  };

  const journal: number[] = [];
  let noted = false;
  /** Turns round what lies from place i to place j, going forward; or the rest, which is the same. */
  const turn = (i: number, j: number): void => {
    let inside = j - i;
    if (inside < 0) inside += n;
    inside += 1;
    let [low, high] = [i, j];
    if (inside * 2 > n) {
      low = j + 1 === n ? 0 : j + 1;
      high = i === 0 ? n - 1 : i - 1;
      inside = n - inside;
    }
    if (noted) journal.push(low, high);
    for (let steps = inside >> 1; steps > 0; steps--) {
      const a = walk[low] as number;
      const b = walk[high] as number;
      walk[low] = b;
      at[b] = low;
      walk[high] = a;
      at[a] = high;
      low = low + 1 === n ? 0 : low + 1;
      high = high === 0 ? n - 1 : high - 1;
    }
  };
  const lengthOf = (i: number, j: number): number => {
    const inside = j - i + (j < i ? n : 0) + 1;
    return Math.min(inside, n - inside);
  };

  const queue = new Int32Array(n);
  let head = 0;
  let waiting = 0;
  const push = (stop: number): void => {
    if (waits[stop] === 1) return;
    waits[stop] = 1;
    let place = head + waiting;
    if (place >= n) place -= n;
    queue[place] = stop;
    waiting += 1;
  };

  /** The first move at stop `a` that shortens the walk: how much it gained, or 0. */
  const improve = (a: number): number => {
    for (let way = 0; way < 2; way++) {
      const forward = way === 0;
      const b = forward ? after(a) : before(a);
      const ab = metresOf(a, b);
      for (let j = 0; j < asked; j++) {
        const c = near[a * k + j] as number;
        if (c < 0) break;
        if ((at[c] as number) < 0) continue;
        const ac = metres[a * k + j] as number;
        if (ac >= ab) break;
        const d = forward ? after(c) : before(c);
        const gain = ab + metresOf(c, d) - ac - metresOf(b, d);
        if (gain > EPSILON) {
          // Forward: a b … c d becomes a c … b d. Backward: d c … b a becomes d b … c a.
          const [i, e] = forward
            ? [at[b] as number, at[c] as number]
            : [at[c] as number, at[b] as number];
          if (lengthOf(i, e) <= LONGEST_TURN) {
            turn(i, e);
            push(a);
            push(b);
            push(c);
            push(d);
            return gain;
          }
        }
      }
    }
    return moveSegment(a);
  };

  /** Or-opt: one to three stops that begin or end at `a` go between two others, either way round. */
  const moveSegment = (a: number): number => {
    for (let way = 0; way < 2; way++) {
      const forward = way === 0;
      // The segment runs from a away from c; e is its other end.
      let e = a;
      for (let length = 1; length <= 3; length++) {
        if (length > 1) e = forward ? after(e) : before(e);
        const p = forward ? before(a) : after(a);
        const q = forward ? after(e) : before(e);
        if (p === q || q === a || p === e) break;
        const pa = metresOf(p, a);
        const eq = metresOf(e, q);
        const saved = pa + eq - metresOf(p, q);
        if (saved <= EPSILON) continue;
        for (let j = 0; j < asked; j++) {
          const c = near[a * k + j] as number;
          if (c < 0) break;
          if ((at[c] as number) < 0) continue;
          const ac = metres[a * k + j] as number;
          if (ac >= saved) break;
          if (isWithin(c, a, e, forward, length)) continue;
          for (let side = 0; side < 2; side++) {
            const d = side === 0 ? after(c) : before(c);
            if (isWithin(d, a, e, forward, length)) continue;
            const gain = saved + metresOf(c, d) - ac - metresOf(e, d);
            if (gain <= EPSILON) continue;
            if (!place(forward ? a : e, forward ? e : a, a, c, d, side === 0)) continue;
            push(p);
            push(q);
            push(a);
            push(e);
            push(c);
            push(d);
            return gain;
          }
        }
      }
    }
    return 0;
  };

  const isWithin = (
    stop: number,
    a: number,
    e: number,
    forward: boolean,
    length: number,
  ): boolean => {
    let there = a;
    for (let i = 0; i < length; i++) {
      if (there === stop) return true;
      there = forward ? after(there) : before(there);
    }
    return stop === e;
  };

  /**
   * Moves what lies from `first` to `last` to between c and d, with `a` (one of its ends) next to c.
   * `cBefore`: c comes before d in the walk. Done by turns, so that the journal can take it back.
   */
  const place = (
    first: number,
    last: number,
    a: number,
    c: number,
    d: number,
    cBefore: boolean,
  ): boolean => {
    const left = cBefore ? c : d;
    const right = cBefore ? d : c;
    const i = at[first] as number;
    const j = at[last] as number;
    // Going forward from the segment one meets `left` first, or going backward one meets `right`.
    const ahead = (at[left] as number) - j + ((at[left] as number) < j ? n : 0);
    const behind = i - (at[right] as number) + (i < (at[right] as number) ? n : 0);
    if (Math.min(ahead, behind) > LONGEST_TURN) return false;
    // So that a piece is the shorter part of the round, and turning it can mean nothing else.
    if (Math.min(ahead, behind) + 4 > n / 2) return false;
    const size = sizeOf(first, last);
    const inner = a === first ? last : first;
    if (ahead <= behind) {
      const x = after(last);
      turnPath(first, left, size + ahead);
      turnPath(left, x, ahead);
    } else {
      const x = before(first);
      turnPath(right, last, size + behind);
      turnPath(x, right, behind);
    }
    // The segment lies between c and d, turned one way or the other.
    const next = after(c) === a || before(c) === a;
    if (!next && size > 1) turnPath(a, inner, size);
    return true;
  };
  const sizeOf = (first: number, last: number): number =>
    (((at[last] as number) - (at[first] as number) + n) % n) + 1;
  /** Turns the path of `size` stops between two that are its ends, whichever way the round runs. */
  const turnPath = (u: number, v: number, size: number): void => {
    if (size < 2) return;
    if (sizeOf(u, v) === size) turn(at[u] as number, at[v] as number);
    else turn(at[v] as number, at[u] as number);
  };

  const settle = (): number => {
    let gained = 0;
    while (waiting > 0) {
      const stop = queue[head] as number;
      head = head + 1 === n ? 0 : head + 1;
      waiting -= 1;
      waits[stop] = 0;
      for (let gain = improve(stop); gain > 0; gain = improve(stop)) gained += gain;
    }
    return gained;
  };

  for (let i = 0; i < n; i++) push(walk[i] as number);
  settle();
  const leave = (): void => {
    for (let i = 0; i < n; i++) at[walk[i] as number] = -1;
  };
  if (n < 8) return leave();
  noted = true;
  const widest = Math.min(50, Math.floor((n - 2) / 5));
  for (let kick = 0; kick < kicks; kick++) {
    if (kick % 4096 === 0 && isCancelled()) break;
    journal.length = 0;
    const p = dice.whole(0, n - 1);
    const q = (p + dice.whole(1, widest)) % n;
    const r = (q + dice.whole(1, widest)) % n;
    // p | p+1 … q | q+1 … r | r+1: the two pieces change places.
    const [a, b] = [walk[p] as number, walk[(p + 1) % n] as number];
    const [c, d] = [walk[q] as number, walk[(q + 1) % n] as number];
    const [e, f] = [walk[r] as number, walk[(r + 1) % n] as number];
    if (a === f) continue;
    const lost =
      metresOf(a, d) +
      metresOf(e, b) +
      metresOf(c, f) -
      (metresOf(a, b) + metresOf(c, d) + metresOf(e, f));
    const first = sizeOf(b, c);
    const second = sizeOf(d, e);
    turnPath(b, e, first + second);
    turnPath(d, e, second);
    turnPath(b, c, first);
    for (const stop of [a, b, c, d, e, f]) push(stop);
    if (settle() < lost - EPSILON) {
      noted = false;
      for (let i = journal.length - 2; i >= 0; i -= 2) {
        turn(journal[i] as number, journal[i + 1] as number);
      }
      noted = true;
    }
  }
  leave();
}
