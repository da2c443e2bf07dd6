const FIRST = 1_000;
const CAP = 60_000;

/**
 * How many milliseconds to wait before try number `failures` + 1: exponential with full jitter,
 * never over 60 s. `roll` is a number in [0, 1). Method: Brooker, Exponential Backoff and Jitter.
 */
export function backoff(failures: number, roll: number): number {
  const ceiling = Math.min(CAP, FIRST * 2 ** Math.min(Math.max(0, failures - 1), 16));
  return Math.round(ceiling * roll);
}
