/** A moment with the zone in which it was lived: `ms` since 1970 UTC, `offset` minutes east of UTC. */
export interface Instant {
  readonly ms: number;
  readonly offset: number;
}

/** A moment as ISO 8601 with its offset, e.g. `2026-11-21T10:04:05-05:00` (whole seconds). */
export function formatInstant({ ms, offset }: Instant): string {
  const local = new Date(ms + offset * 60_000).toISOString().slice(0, 19);
  const sign = offset < 0 ? '-' : '+';
  const minutes = Math.abs(offset);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${local}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The calendar day (`YYYY-MM-DD`) of a moment in an IANA time zone: a chapter's "today". */
export function dayIn(ms: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(new Date(ms));
  const part = (type: string): string => parts.find((p) => p.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}
