const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How many of each are kept. */
export const KEPT = { days: 7, weeks: 5, months: 12 } as const;

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
/** Weeks from Monday to Sunday; 1970 began on a Thursday. */
const weekOf = (at: number): string => String(Math.floor((at + 3 * DAY) / (7 * DAY)));
const monthOf = (at: number): string => new Date(at).toISOString().slice(0, 7);

/** The newest of each of the newest `most` stretches that have one. */
function newestOf(
  times: readonly number[],
  stretch: (at: number) => string,
  most: number,
): number[] {
  const newest = new Map<string, number>();
  for (const at of times) {
    const name = stretch(at);
    if (!newest.has(name)) newest.set(name, at);
  }
  return [...newest.values()].slice(0, most);
}

/**
 * Which backups stay, by their times in ms since 1970: all of the last 24 hours, and the newest of
 * each of the last seven days, five weeks and twelve months (UTC) in which there is one. The newest
 * always stays.
 */
export function chooseKept(times: readonly number[], now: number): ReadonlySet<number> {
  const order = [...new Set(times)].sort((a, b) => b - a);
  return new Set([
    ...order.filter((at) => at > now - DAY),
    ...newestOf(order, dayOf, KEPT.days),
    ...newestOf(order, weekOf, KEPT.weeks),
    ...newestOf(order, monthOf, KEPT.months),
  ]);
}
