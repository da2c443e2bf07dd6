/** Minutes east of UTC that a zone shows at a moment. */
function offsetAt(ms: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(ms);
  const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'));
  return Math.round((shown - Math.floor(ms / 60_000) * 60_000) / 60_000);
}

/**
 * The moment that a day (`YYYY-MM-DD`) and a time (`HH:MM`) of paper mean in the chapter's zone; null
 * when they are none, or one before 1970, such as of the year 26. A time that a change of clocks left
 * out means the one an hour later.
 */
export function zonedTime(
  day: string,
  time: string,
  timeZone: string,
): { readonly ms: number; readonly offset: number } | null {
  const utc = Date.parse(`${day}T${time}:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || !/^\d\d:\d\d$/.test(time) || Number.isNaN(utc)) return null;
  const first = offsetAt(utc, timeZone);
  const second = offsetAt(utc - first * 60_000, timeZone);
  const ms = utc - second * 60_000;
  return ms < 0 ? null : { ms, offset: offsetAt(ms, timeZone) };
}

/** The day and the hour that the chapter's clocks show at a moment, as date and time fields want it. */
export function shownTime(
  ms: number,
  timeZone: string,
): { readonly day: string; readonly time: string } {
  const text = new Date(ms + offsetAt(ms, timeZone) * 60_000).toISOString();
  return { day: text.slice(0, 10), time: text.slice(11, 16) };
}
