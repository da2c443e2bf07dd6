import { expect, test } from 'vitest';
import type { Question } from '#shared/model/script.ts';
import { EMPTY_TALK, isTalkDraft, listGiven, withGiven } from './talk-draft.ts';

const question = (id: string, kind: Question['kind']): Question => ({
  id: id as Question['id'],
  kind,
  prompt: id,
  options: [],
});
const questions = [
  question('a', 'support'),
  question('b', 'many'),
  question('c', 'text'),
  question('d', 'one'),
];

test('nothing has a default: an untouched script gives no answers', () => {
  expect(listGiven(EMPTY_TALK, questions)).toEqual([]);
});

test('not asked, skipped, refused and unknown stay four things', () => {
  let draft = withGiven(EMPTY_TALK, 'a', { kind: 'skipped' });
  draft = withGiven(draft, 'b', { kind: 'refused' });
  draft = withGiven(draft, 'd', { kind: 'unknown' });
  expect(
    listGiven(draft, questions).map(({ question, given }) => [question.id, given.kind]),
  ).toEqual([
    ['a', 'skipped'],
    ['b', 'refused'],
    ['d', 'unknown'],
  ]);
});

test('clearing an answer makes the question not asked again', () => {
  const draft = withGiven(EMPTY_TALK, 'a', { kind: 'support', level: 2 });
  expect(listGiven(draft, questions).length).toBe(1);
  expect(listGiven(withGiven(draft, 'a', null), questions)).toEqual([]);
});

test('blank words and an empty choice are no answers', () => {
  let draft = withGiven(EMPTY_TALK, 'c', { kind: 'text', text: '  \n' });
  draft = withGiven(draft, 'b', { kind: 'many', options: [] });
  expect(listGiven(draft, questions)).toEqual([]);
});

test('a draft to an older script keeps only the questions that are still asked', () => {
  const draft = withGiven(EMPTY_TALK, 'gone', { kind: 'skipped' });
  expect(listGiven(draft, questions)).toEqual([]);
});

test('a half-typed number stays in the draft until it is one, and is no answer', () => {
  const half = withGiven(EMPTY_TALK, 'a', null, '-');
  expect(half.typed).toEqual({ a: '-' });
  expect(isTalkDraft(half)).toBe(true);
  expect(listGiven(half, questions)).toEqual([]);
  const whole = withGiven(half, 'a', { kind: 'number', number: -2 });
  expect([whole.typed, whole.given['a']]).toEqual([{}, { kind: 'number', number: -2 }]);
});

test('whatever an older app kept as a draft is looked at before it is believed', () => {
  for (const kept of [
    null,
    undefined,
    'x',
    {},
    { given: null, note: '' },
    { given: {}, note: 3 },
  ]) {
    expect(isTalkDraft(kept)).toBe(false);
  }
  expect(isTalkDraft(EMPTY_TALK)).toBe(true);
});

test('an answer to a follow-up goes with its condition, and comes back with it', () => {
  const follow: Question = {
    ...question('e', 'text'),
    askIf: { questionId: 'a' as Question['id'], said: ['s:1'] },
  };
  const script = [question('a', 'support'), follow];
  const save = (draft: typeof EMPTY_TALK): string[] =>
    listGiven(draft, script).map((one) => one.question.id);
  let draft = withGiven(EMPTY_TALK, 'a', { kind: 'support', level: 1 });
  draft = withGiven(draft, 'e', { kind: 'text', text: 'Rent' });
  expect(save(draft)).toEqual(['a', 'e']);
  draft = withGiven(draft, 'a', { kind: 'support', level: 4 });
  expect(save(draft)).toEqual(['a']);
  expect(save(withGiven(draft, 'a', { kind: 'support', level: 1 }))).toEqual(['a', 'e']);
});
