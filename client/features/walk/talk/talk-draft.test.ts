import { expect, test } from 'vitest';
import type { QuestionId } from '#shared/kernel/ids.ts';
import { EMPTY_TALK, withGiven } from './talk-draft.ts';

test('what was typed for a number and is none stays until the question has another answer', () => {
  const rent = 'q2' as QuestionId;
  const half = withGiven(EMPTY_TALK, rent, null, '900 to 950');
  expect(half.typed).toEqual({ [rent]: '900 to 950' });
  expect(half.given).toEqual({});
  const skipped = withGiven(half, rent, { kind: 'skipped' });
  expect(skipped.typed).toEqual({});
  expect(withGiven(skipped, rent, { kind: 'number', number: 900 }).typed).toEqual({});
});
