import { expect, test } from 'vitest';
import type { QuestionId } from '../kernel/ids.ts';
import type { Question } from '../model/script.ts';
import { askedQuestions, nextQuestion, type GivenSoFar } from './next-question.ts';

const ask = (id: string, after?: readonly [string, ...string[]]): Question => ({
  id: id as QuestionId,
  kind: 'support',
  prompt: id,
  options: [],
  ...(after && { askIf: { questionId: after[0] as QuestionId, said: after.slice(1) } }),
});
const script = [ask('a'), ask('b', ['a', 's:1', 'refused']), ask('c', ['b', 's:2']), ask('d')];
const asked = (given: GivenSoFar): string =>
  askedQuestions(script, given)
    .map(({ id }) => id)
    .join('');

test('a follow-up is asked after its answer alone, and what follows it goes with it', () => {
  expect(asked({})).toBe('ad');
  expect(asked({ a: { kind: 'support', level: 1 } })).toBe('abd');
  expect(asked({ a: { kind: 'refused' } })).toBe('abd');
  expect(asked({ a: { kind: 'skipped' } })).toBe('ad');
  const b = { kind: 'support', level: 2 } as const;
  expect(asked({ a: { kind: 'refused' }, b })).toBe('abcd');
  // The answer to b is kept by whoever asks, and counts no more while b is not asked.
  expect(asked({ a: { kind: 'unknown' }, b })).toBe('ad');
});

test('any of several chosen answers is enough', () => {
  const many = [{ ...ask('a'), kind: 'many' as const }, ask('b', ['a', 'o:x'])];
  const options = (...ids: string[]): string =>
    askedQuestions(many, { a: { kind: 'many', options: ids } })
      .map(({ id }) => id)
      .join('');
  expect([options('y', 'x'), options('y'), options()]).toEqual(['ab', 'a', 'a']);
});

test('a condition on nothing that came before hides nothing', () => {
  expect(
    askedQuestions([ask('a', ['z', 's:1']), ask('b', ['c', 's:1']), ask('c')], {}),
  ).toHaveLength(3);
});

test('skipped is an answer, and the next question is the first without one', () => {
  expect(nextQuestion(script, {})?.id).toBe('a');
  expect(nextQuestion(script, { a: { kind: 'skipped' } })?.id).toBe('d');
  expect(nextQuestion(script, { a: { kind: 'skipped' }, d: { kind: 'unknown' } })).toBeNull();
});
