import type { Instant } from '../kernel/instant.ts';
import type { ComeBack } from '../model/fact.ts';

/** The hour of the day from which each part of it is. */
const FROM = { any: 9, morning: 9, afternoon: 12, evening: 17 } as const;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/**
 * From when on to come back, in ms since 1970, as hours were counted where and when it was said:
 * the beginning of that part of the day. On the day on which it was said not before an hour has
 * passed, or two where no part was named. Null: no day was named.
 */
export function comeBackAt({ day, part }: ComeBack, said: Instant): number | null {
  if (day === null) return null;
  const start = Date.parse(`${day}T00:00:00Z`) - said.offset * MINUTE_MS;
  const from = start + FROM[part] * HOUR_MS;
  const isToday = said.ms >= start && said.ms < start + 24 * HOUR_MS;
  if (!isToday) return from;
  return Math.max(part === 'any' ? 0 : from, said.ms + (part === 'any' ? 2 : 1) * HOUR_MS);
}
