import type { StreetSection } from './group-rows.ts';

/** The next door, for the street that it is in; null for all others: they need not be drawn anew. */
export function hereIn({ buildings }: StreetSection, hereId: string | null): string | null {
  if (hereId === null) return null;
  const isHere = buildings.some(({ rows }) => rows.some(({ door }) => door.id === hereId));
  return isHere ? hereId : null;
}
