/** Whoever says a later day mistyped it. */
const MOST_YEARS = 2;

/** The last day by which a promise that was made on this one is kept, `YYYY-MM-DD`. */
function lastDay(made: string): string {
  return `${String(Number(made.slice(0, 4)) + MOST_YEARS).padStart(4, '0')}${made.slice(4)}`;
}

/** True for a day that there is, `YYYY-MM-DD`: not 31 February. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/**
 * Whether a promise can be meant to be kept by a day: one that there is, from the day on which it was
 * made to two years after. Both `YYYY-MM-DD`; where nobody has said yet when it was made, '' is asked
 * with and every real day fits.
 */
export function mayKeepBy(by: string, made: string): boolean {
  return isDay(by) && (made === '' || (made <= by && by <= lastDay(made)));
}
