import type { AgeBand } from '../model/person.ts';

const BANDS: readonly (readonly [from: number, band: AgeBand])[] = [
  [65, '65+'],
  [50, '50–64'],
  [35, '35–49'],
  [25, '25–34'],
  [18, '18–24'],
];

/**
 * The band of an age in whole years: as much of it as a door needs. Null when it is not known, and
 * under 18.
 */
export function ageBand(age: number | null): AgeBand | null {
  if (age === null) return null;
  return BANDS.find(([from]) => age >= from)?.[1] ?? null;
}
