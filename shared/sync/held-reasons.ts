/** Why an operation is kept but not applied. */
export const HELD_REASONS = [
  'corrupt',
  'id-reuse',
  'future',
  'scope',
  'unknown-door',
  'wrong-author',
] as const;
export type HeldReason = (typeof HELD_REASONS)[number];
