import type { Tally } from '#shared/model/turf.ts';

export interface DayTotal {
  readonly doors: number;
  readonly knocked: number;
  readonly contacts: number;
  readonly remaining: number;
  /** Contacts of the doors knocked, 0 to 1; null before the first knock. */
  readonly contactRate: number | null;
  readonly support: readonly [number, number, number, number, number];
  readonly lastKnockAt: number | null;
}

/** The sums of several turfs. A door stands in one turf only, so nothing counts twice. */
export function totalDay(tallies: readonly Tally[]): DayTotal {
  const sum = (of: (tally: Tally) => number): number =>
    tallies.reduce((total, tally) => total + of(tally), 0);
  const knocked = sum((tally) => tally.knocked);
  const contacts = sum((tally) => tally.contacts);
  const level = (at: 0 | 1 | 2 | 3 | 4): number => sum((tally) => tally.support[at]);
  const last = tallies.map((tally) => tally.lastKnockAt ?? 0);
  return {
    doors: sum((tally) => tally.doors),
    knocked,
    contacts,
    remaining: sum((tally) => tally.remaining),
    contactRate: knocked === 0 ? null : contacts / knocked,
    support: [level(0), level(1), level(2), level(3), level(4)],
    lastKnockAt: Math.max(0, ...last) || null,
  };
}
