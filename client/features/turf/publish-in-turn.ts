/**
 * Publishes turfs one after the other: until one cannot be, or until it is stopped, after the one that
 * is under way. Gives how many are published; they stay so.
 */
export async function publishInTurn<T>(
  turfs: readonly T[],
  publish: (turf: T, done: number) => Promise<boolean>,
  isStopped: () => boolean,
): Promise<number> {
  for (const [done, turf] of turfs.entries()) {
    if (isStopped() || !(await publish(turf, done))) return done;
  }
  return turfs.length;
}
