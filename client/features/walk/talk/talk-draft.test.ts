import { expect, test } from 'vitest';
import type { QuestionId } from '#shared/kernel/ids.ts';
import type { Question } from '#shared/model/script.ts';
import { EMPTY_TALK, hasHalfTyped, withGiven } from './talk-draft.ts';

const first: Question = {
  id: 'q1' as QuestionId,
  kind: 'support',
  prompt: 'With us?',
  options: [],
};
const rent: Question = {
  id: 'q2' as QuestionId,
  kind: 'number',
  prompt: 'What is the rent?',
  options: [],
  askIf: { questionId: first.id, said: ['s:1'] },
};
const script = [first, rent];

test('what was typed for a number and is none is noticed before it would be lost', () => {
  const asked = withGiven(EMPTY_TALK, first.id, { kind: 'support', level: 1 });
  const half = withGiven(asked, rent.id, null, '900 to 950');
  expect(hasHalfTyped(half, script)).toBe(true);
  expect(hasHalfTyped(withGiven(half, rent.id, { kind: 'skipped' }), script)).toBe(false);
  expect(hasHalfTyped(withGiven(half, rent.id, { kind: 'number', number: 900 }), script)).toBe(
    false,
  );
  expect(hasHalfTyped(withGiven(half, rent.id, null, ' '), script)).toBe(false);
  // A question that is not asked any more is on no screen: nobody could put it right.
  expect(hasHalfTyped(withGiven(half, first.id, { kind: 'refused' }), script)).toBe(false);
});
