import { expect, test } from 'vitest';
import type { QuestionId } from '#shared/kernel/ids.ts';
import type { ScriptBody } from '#shared/model/script.ts';
import {
  addQuestion,
  changeQuestion,
  cleanDraft,
  findGaps,
  moveBy,
  putBackQuestion,
} from './edit-draft.ts';

const empty: ScriptBody = { opening: '', questions: [], closing: '' };
const id = (n: number): QuestionId => `q-${n}` as QuestionId;
let made = 0;
const option = (): string => `o-${made++}`;

test('moving past an end changes nothing', () => {
  const list = ['a', 'b', 'c'];
  expect(moveBy(list, 0, -1)).toBe(list);
  expect(moveBy(list, 2, 1)).toBe(list);
  expect(moveBy(list, 2, -1)).toEqual(['a', 'c', 'b']);
  expect(moveBy(list, 0, 1)).toEqual(['b', 'a', 'c']);
});

test('putting a question back leaves what was written since it was removed', () => {
  const ask = (n: number, prompt = '') => ({
    id: id(n),
    kind: 'text' as const,
    prompt,
    options: [],
  });
  const removed = ask(2, 'Why?');
  const since = { ...empty, opening: 'Written since', questions: [ask(1, 'New words'), ask(3)] };
  const back = putBackQuestion(since, removed, 1);
  expect(back).toEqual({ ...since, questions: [ask(1, 'New words'), removed, ask(3)] });
  expect(putBackQuestion(back, removed, 1)).toBe(back);
});

test('trying another kind and coming back keeps the options; what is sent has none', () => {
  let draft = addQuestion(empty, id(1), 'one', option);
  draft = changeQuestion(draft, id(1), (q) => ({
    ...q,
    options: [
      { id: 'yes', label: ' Yes ' },
      { id: 'no', label: 'No' },
    ],
  }));
  draft = changeQuestion(draft, id(1), (q) => ({ ...q, kind: 'text' }));
  expect(cleanDraft(draft).questions[0]?.options).toEqual([]);
  draft = changeQuestion(draft, id(1), (q) => ({ ...q, kind: 'many' }));
  expect(cleanDraft(draft).questions[0]?.options.map((o) => o.label)).toEqual(['Yes', 'No']);
});

test('gaps are named with their question', () => {
  expect(findGaps(empty)).toEqual([{ kind: 'no-questions' }]);
  const draft = addQuestion(addQuestion(empty, id(1), 'support', option), id(2), 'many', option);
  expect(findGaps(draft)).toEqual([
    { kind: 'no-prompt', question: id(1) },
    { kind: 'no-prompt', question: id(2) },
    { kind: 'empty-option', question: id(2) },
  ]);
});

test('two options that read the same cannot be told apart in the answers', () => {
  let draft = addQuestion(empty, id(1), 'one', option);
  draft = changeQuestion(draft, id(1), (q) => ({
    ...q,
    prompt: 'Will you vote?',
    options: [
      { id: 'a', label: 'Yes' },
      { id: 'b', label: 'Yes ' },
    ],
  }));
  expect(findGaps(draft)).toEqual([{ kind: 'same-option', question: id(1) }]);
});
