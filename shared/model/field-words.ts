/** Parts of a day in which to come back; `any`: nobody said which. */
export const DAY_PARTS = ['any', 'morning', 'afternoon', 'evening'] as const;
export type DayPart = (typeof DAY_PARTS)[number];

/** What of a person can be put right at the door. */
export const CORRECTED = ['firstName', 'lastName', 'phone', 'email'] as const;
export type CorrectedField = (typeof CORRECTED)[number];

/** What is remembered of a building over campaigns. */
export const BUILDING_MEMORY = ['buzzer', 'access', 'entrance', 'best-time', 'warning'] as const;
export type BuildingMemory = (typeof BUILDING_MEMORY)[number];

/** What may be wrong with a turf. */
export const TURF_PROBLEMS = [
  'too-long',
  'too-short',
  'wrong-map',
  'wrong-order',
  'no-access',
  'dogs',
  'unsafe',
] as const;
export type TurfProblem = (typeof TURF_PROBLEMS)[number];
