import type { Instant } from '../kernel/instant.ts';
import type { ComeBack } from '../model/fact.ts';

/** The hour of the day from which each part of it is. */
const FROM = { any: 9, morning: 9, afternoon: 12, evening: 17 } as const;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/**
 * From when on to come back, in ms since 1970, as hours were counted where and when it was said:
 * the beginning of that part of the day. Where no part was named for the day on which it was said,
 * two hours after it. Null: no day was named.
 */
export function comeBackAt({ day, part }: ComeBack, said: Instant): number | null {
  if (day === null) return null;
  const start = Date.parse(`${day}T00:00:00Z`) - said.offset * MINUTE_MS;
  const from = start + FROM[part] * HOUR_MS;
  const isToday = said.ms >= start && said.ms < start + 24 * HOUR_MS;
  return isToday && part === 'any' ? said.ms + 2 * HOUR_MS : from;
}
