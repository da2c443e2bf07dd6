import { expect, test } from 'vitest';
import type { QuestionId } from '#shared/kernel/ids.ts';
import type { ScriptBody } from '#shared/model/script.ts';
import { findMissingWords } from '#shared/script/missing-words.ts';
import { askAfter, cleanDraft, findGaps } from './edit-draft.ts';
import {
  addTranslation,
  putBackTranslation,
  removeTranslation,
  setWords,
} from './edit-translation.ts';

const id = (n: number): QuestionId => `q-${n}` as QuestionId;
const draft: ScriptBody = {
  opening: 'Hello',
  closing: '',
  questions: [
    {
      id: id(1),
      kind: 'one',
      prompt: 'What matters?',
      options: [
        { id: 'a', label: 'Rent' },
        { id: 'b', label: 'Buses' },
      ],
    },
    { id: id(2), kind: 'text', prompt: 'Why?', options: [] },
  ],
};

test('words are written in any order and sent in the order of the source', () => {
  let es = addTranslation(draft, 'es', 'en');
  expect(es.language).toBe('en');
  expect(addTranslation(es, 'es', 'en')).toBe(es);
  expect(addTranslation(es, 'en', 'en')).toBe(es);
  es = setWords(es, 'es', { part: 'prompt', questionId: id(2) }, ' ¿Por qué? ');
  es = setWords(es, 'es', { part: 'option', questionId: id(1), optionId: 'b' }, 'Autobuses');
  es = setWords(es, 'es', { part: 'option', questionId: id(1), optionId: 'gone' }, 'x');
  const [words] = cleanDraft(es).translations ?? [];
  expect(words).toEqual({
    language: 'es',
    opening: '',
    closing: '',
    questions: [
      { id: id(1), prompt: '', options: [{ id: 'b', label: 'Autobuses' }] },
      { id: id(2), prompt: '¿Por qué?', options: [] },
    ],
  });
  expect(words && findMissingWords(draft, words)).toEqual([
    { part: 'opening' },
    { part: 'prompt', questionId: id(1) },
    { part: 'option', questionId: id(1), optionId: 'a' },
  ]);
  // Taking a language away leaves the draft as it was, but for its own language.
  expect(removeTranslation(es, 'es')).toEqual({ ...draft, language: 'en' });
});

test('putting a language back leaves what was written since it was removed', () => {
  const es = setWords(addTranslation(draft, 'es', 'en'), 'es', { part: 'opening' }, 'Hola');
  const [removed] = es.translations ?? [];
  if (removed === undefined) throw new Error('no translation');
  const since = { ...removeTranslation(es, 'es'), opening: 'Good day' };
  expect(putBackTranslation(since, removed)).toEqual({ ...es, opening: 'Good day' });
  expect(putBackTranslation(es, removed)).toBe(es);
});

test('a condition follows what becomes of the question that it names', () => {
  const [first, second] = draft.questions;
  if (first === undefined || second === undefined) throw new Error('no questions');
  const after = askAfter(second, first.id);
  expect(findGaps({ ...draft, questions: [first, after] })).toEqual([
    { kind: 'condition-empty', question: id(2) },
  ]);
  const said = { ...after, askIf: { questionId: first.id, said: ['o:a', 'o:gone'] } };
  const kept = cleanDraft({ ...draft, questions: [first, said] });
  expect(kept.questions[1]?.askIf?.said).toEqual(['o:a']);
  expect(findGaps({ ...draft, questions: [first, said] })).toEqual([]);
  expect(findGaps({ ...draft, questions: [said, first] })).toEqual([
    { kind: 'condition-later', question: id(2) },
  ]);
  expect(findGaps({ ...draft, questions: [said] })).toEqual([
    { kind: 'condition-gone', question: id(2) },
  ]);
  expect(askAfter(said, null)).toEqual(second);
});
