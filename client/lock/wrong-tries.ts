import type { Tries } from './lock-disk.ts';

/** So many wrong PINs in a row destroy the turf key. */
export const MOST_TRIES = 10;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** The wait before the next try after so many wrong ones, in ms. */
const WAITS = [0, 0, 0, 5, 15, 30, 60, 120, 300, 600].map((seconds) => seconds * SECOND);

/**
 * How long, in ms, until the next try may be made. A clock that is set back makes nobody wait for
 * longer than the wait itself, and one set ahead saves the wait and no try.
 */
export function waitBeforeTry({ wrong, triedAt }: Tries, now: number): number {
  const wait = WAITS[wrong] ?? 10 * MINUTE;
  const passed = now - triedAt;
  return passed < 0 ? wait : Math.max(0, wait - passed);
}

/** The tries after one more, counted before it is checked; a right one sets them to none. */
export function countTry({ wrong }: Tries, now: number): Tries {
  return { wrong: wrong + 1, triedAt: now };
}

/** No try is left: whatever was behind the guard is to be destroyed. */
export function isSpent({ wrong }: Tries): boolean {
  return wrong >= MOST_TRIES;
}
