import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { TurfProblem } from '#shared/model/field-words.ts';

/** What may be wrong with a turf, as a walker says it and a coordinator reads it. */
export const turfProblemWords: Readonly<Record<TurfProblem, MessageDescriptor>> = {
  'too-long': msg`Too long`,
  'too-short': msg`Too short`,
  'wrong-map': msg`Wrong place on the map`,
  'wrong-order': msg`Order makes no sense`,
  'no-access': msg`Could not get in`,
  dogs: msg`Dogs`,
  unsafe: msg`Felt unsafe`,
};

const RATINGS: readonly MessageDescriptor[] = [
  msg`Bad`,
  msg`Not good`,
  msg`Fair`,
  msg`Good`,
  msg`Very good`,
];

/** A turf's mark from 1 to 5 in a word. */
export function turfRatingWords(rating: number): MessageDescriptor {
  const at = Math.min(RATINGS.length, Math.max(1, Math.round(rating))) - 1;
  return RATINGS[at] ?? msg`Fair`;
}
