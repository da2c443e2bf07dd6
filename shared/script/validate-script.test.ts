import { expect, test } from 'vitest';
import type { QuestionId } from '../kernel/ids.ts';
import type { Question, ScriptBody } from '../model/script.ts';
import { sayScriptFault, validateScript } from './validate-script.ts';

const id = (n: number): QuestionId => `0190a0a0-0000-7000-8000-00000000000${n}` as QuestionId;
const ask = (change: Partial<Question>): Question => ({
  id: id(1),
  kind: 'support',
  prompt: 'Can we count on you?',
  options: [],
  ...change,
});
const draft = (...questions: Question[]): ScriptBody => ({ opening: '', questions, closing: '' });
const say = (body: ScriptBody): string[] => validateScript(body).map(sayScriptFault);

test('a whole script has no faults', () => {
  const options = [
    { id: 'a', label: 'Rent' },
    { id: 'b', label: 'Transit' },
  ];
  const body = draft(
    ask({}),
    ask({ id: id(2), kind: 'one', options }),
    ask({ id: id(3), kind: 'many', options }),
    ask({ id: id(4), kind: 'text' }),
  );
  expect(validateScript(body)).toEqual([]);
});

test('each fault is named with its question', () => {
  expect(say(draft())).toEqual(['it asks nothing yet']);
  expect(say(draft(ask({ prompt: '  ' })))).toEqual(['question 1: it has no words to say']);
  expect(say(draft(ask({}), ask({})))).toEqual(['question 2: it is in the script twice']);
  expect(say(draft(ask({ kind: 'many' })))).toEqual(['question 1: it has no choices']);
  expect(say(draft(ask({ kind: 'one', options: [{ id: 'a', label: 'Yes' }] })))).toEqual([
    'question 1: it has a single choice',
  ]);
  expect(say(draft(ask({ options: [{ id: 'a', label: 'Yes' }] })))).toEqual([
    'question 1: its kind takes no choices',
  ]);
  const twice = [
    { id: 'a', label: 'Yes' },
    { id: 'a', label: ' ' },
  ];
  expect(say(draft(ask({ kind: 'one', options: twice })))).toEqual([
    'question 1: a choice has no words',
    'question 1: two choices are the same',
  ]);
});

test('a question after an answer that cannot come is a fault', () => {
  const after = (n: number, questionId: number, ...said: string[]): Question =>
    ask({ id: id(n), askIf: { questionId: id(questionId), said } });
  expect(say(draft(ask({}), after(2, 1, 's:1', 'refused')))).toEqual([]);
  expect(say(draft(ask({}), after(2, 7, 's:1')))).toEqual([
    'question 2: the question that it follows is not in the script',
  ]);
  expect(say(draft(after(1, 1, 's:1')))).toEqual([
    'question 1: the question that it follows does not come before it',
  ]);
  expect(say(draft(ask({}), after(2, 1)))).toEqual([
    'question 2: it does not say which answers it follows',
  ]);
  expect(say(draft(ask({}), after(2, 1, 's:1', 'o:gone')))).toEqual([
    'question 2: it follows an answer that nobody can give',
  ]);
});

test('a language stands for one set of words', () => {
  const es = { language: 'ES', opening: '', questions: [], closing: '' };
  expect(say({ ...draft(ask({})), language: 'es', translations: [es] })).toEqual([
    'it is written in one language twice',
  ]);
  expect(say({ ...draft(ask({})), translations: [es] })).toEqual([]);
});
