/** Bugs put in on purpose, to see that the simulator finds them. */
export const MUTANTS = [
  'cursor-before-rows',
  'html-200-acknowledges',
  'outbox-dropped-on-401',
  'ack-without-commit',
] as const;
export type Mutant = (typeof MUTANTS)[number];
