/** A source of random bytes: the phone's CSPRNG, the server's, or a seeded one in a simulation. */
export type RandomBytes = (count: number) => Uint8Array;

/** A repeatable source of numbers in [0, 1), for fixtures and simulations, never for secrets. */
export interface Dice {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number in [low, high]. */
  whole(low: number, high: number): number;
  /** One of the items; the list must not be empty. */
  pick<T>(items: readonly T[]): T;
  /** True with this probability. */
  chance(probability: number): boolean;
}

/** Seeded dice. Method: mulberry32 (public domain, Tommy Ettinger). */
export function seededDice(seed: number): Dice {
  // Signed, so that it never needs a number of its own on the heap.
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: <T>(items: readonly T[]): T => {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new RangeError('pick from an empty list');
      return item;
    },
    chance: (probability) => next() < probability,
  };
}

/** Random bytes out of seeded dice, so that a simulation can make ids. */
export function seededBytes(dice: Dice): RandomBytes {
  return (count) => Uint8Array.from({ length: count }, () => dice.whole(0, 255));
}
