/** Why an operation is kept but not applied. */
export const HELD_REASONS = [
  'corrupt',
  // Changed where it was stored; no phone is ever answered with it.
  'damaged',
  'id-reuse',
  'future',
  // A signature under words that are not its petition's; phones are told `corrupt`.
  'other-words',
  'scope',
  'unknown-door',
  'wrong-author',
] as const;
export type HeldReason = (typeof HELD_REASONS)[number];

/** What a coordinator has made of a held operation. */
export const HELD_DECISIONS = ['accepted', 'retargeted', 'discarded'] as const;
export type HeldDecision = (typeof HELD_DECISIONS)[number];
