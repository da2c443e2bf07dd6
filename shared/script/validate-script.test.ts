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
