import type { Outcome } from '../model/fact.ts';
import type { ResultCode } from '../model/results.ts';

export type OutcomeWord = 'contact' | ResultCode;

/** What may come of a knock. The order is that of bits in tables: new ones go to the end. */
export const OUTCOMES: readonly OutcomeWord[] = [
  'contact',
  'not-home',
  'refused',
  'come-back',
  'inaccessible',
  'language-barrier',
  'moved',
  'deceased',
  'wrong-address',
  'already-voted',
  'do-not-contact',
  'hostile',
];

export const outcomeWord = (outcome: Outcome): OutcomeWord =>
  outcome.kind === 'contact' ? 'contact' : outcome.result;

/** A set of outcomes as a number, one bit each. */
export const outcomeBits = (words: Iterable<OutcomeWord>): number =>
  [...words].reduce((bits, word) => bits | (1 << OUTCOMES.indexOf(word)), 0);
