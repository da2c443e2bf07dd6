import type { Dice } from '#shared/kernel/random.ts';

/** What goes wrong on the way between a phone and the server. */
export const NETWORK_FAULTS = [
  'offline',
  'request-lost',
  'response-lost',
  'duplicated',
  'reordered',
  'slow',
  'late-delivery',
  'captive-portal',
  'captive-portal-says-json',
  'truncated',
  'stale-answer',
  'signed-out',
  'too-large',
  'busy',
] as const;

/** What goes wrong with the server and its disk. */
export const SERVER_FAULTS = [
  'server-down',
  'server-crash',
  'commit-fails',
  'commit-word-lost',
  'restored-from-backup',
] as const;

/** What goes wrong with a phone. */
export const PHONE_FAULTS = [
  'crash-before-write',
  'crash-after-write',
  'crash-while-asking',
  'storage-fails',
  'connection-dropped',
  'quota-exceeded',
  'clock-off',
  'clock-jump',
  'closed-for-long',
  'storage-wiped',
  'row-lost',
  'rescue-file',
  'never-starts-again',
  'quiet-for-long',
] as const;

/** What the chapter does while phones walk. */
export const DESK_FAULTS = [
  'revoked',
  'lost',
  'taken-back',
  'recut',
  'reassigned',
  'expired',
  'other-chapter',
] as const;

export const FAULTS = [
  ...NETWORK_FAULTS,
  ...SERVER_FAULTS,
  ...PHONE_FAULTS,
  ...DESK_FAULTS,
] as const;
export type Fault = (typeof FAULTS)[number];

/** How often each fault strikes when it can. */
export type Odds = ReadonlyMap<Fault, number>;

/** A phone whose storage fails at every tenth step walks no turf at all. */
const SELDOM: Readonly<Partial<Record<Fault, number>>> = {
  'storage-fails': 1 / 6,
  'connection-dropped': 1 / 2,
  'quota-exceeded': 1 / 6,
  'quiet-for-long': 1 / 2,
};

/** Odds drawn anew: some schedules are mild and some are wild; each fault is absent from many. */
export function drawOdds(dice: Dice): Odds {
  const wildness = dice.next();
  return new Map(
    FAULTS.map((fault) => {
      const odds = dice.chance(0.5) ? dice.next() * 0.25 * wildness : 0;
      return [fault, odds * (SELDOM[fault] ?? 1)];
    }),
  );
}

/** What strikes once an afternoon, or once a phone, if at all. */
const AT_MOST_ONCE: readonly Fault[] = [
  ...DESK_FAULTS,
  'server-crash',
  'restored-from-backup',
  'clock-off',
  'closed-for-long',
  'storage-wiped',
  'row-lost',
  'rescue-file',
  'quiet-for-long',
];

/** Odds with which one of the faults is likely to happen, for a few afternoons that show them all. */
export function withLikely(odds: Odds, fault: Fault): Odds {
  return new Map(odds).set(fault, AT_MOST_ONCE.includes(fault) ? 1 : 0.25);
}

/** Whether each fault strikes, and how often it did. */
export class Faults {
  readonly counts = new Map<Fault, number>();
  readonly #dice: Dice;
  readonly #odds: Odds;
  #calm = false;

  constructor(dice: Dice, odds: Odds) {
    this.#dice = dice;
    this.#odds = odds;
  }

  fires(fault: Fault): boolean {
    if (this.#calm || !this.#dice.chance(this.#odds.get(fault) ?? 0)) return false;
    this.count(fault);
    return true;
  }

  /** Like `fires`, for what is counted only when it truly happens, later. */
  wants(fault: Fault): boolean {
    return !this.#calm && this.#dice.chance(this.#odds.get(fault) ?? 0);
  }

  count(fault: Fault): void {
    this.counts.set(fault, (this.counts.get(fault) ?? 0) + 1);
  }

  /** From now on nothing goes wrong. */
  heal(): void {
    this.#calm = true;
  }

  get healed(): boolean {
    return this.#calm;
  }
}
