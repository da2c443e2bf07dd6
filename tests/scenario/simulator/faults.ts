import type { Dice } from '#shared/kernel/random.ts';

export const FAULTS = [
  'crash-before-write',
  'crash-after-write',
  'storage-fails',
  'offline',
  'request-lost',
  'response-lost',
  'duplicated',
  'slow',
  'late-delivery',
  'captive-portal',
  'captive-portal-says-json',
  'truncated',
  'stale-answer',
  'signed-out',
  'too-large',
  'busy',
  'server-down',
  'server-crash',
  'commit-fails',
  'commit-word-lost',
  'clock-off',
  'clock-jump',
] as const;
export type Fault = (typeof FAULTS)[number];

/** How often each fault strikes when it can, drawn anew for each schedule, and how often it did. */
export class Faults {
  readonly counts = new Map<Fault, number>();
  readonly #dice: Dice;
  readonly #odds = new Map<Fault, number>();
  #calm = false;

  constructor(dice: Dice) {
    this.#dice = dice;
    // Some schedules are mild and some are wild; each fault is absent from many of them.
    const wildness = dice.next();
    for (const fault of FAULTS) {
      this.#odds.set(fault, dice.chance(0.5) ? dice.next() * 0.25 * wildness : 0);
    }
    this.#odds.set('storage-fails', (this.#odds.get('storage-fails') ?? 0) / 6);
  }

  fires(fault: Fault): boolean {
    if (this.#calm || !this.#dice.chance(this.#odds.get(fault) ?? 0)) return false;
    this.count(fault);
    return true;
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
