import { expect, test } from 'vitest';
import type { QuestionId } from '../kernel/ids.ts';
import type { Question, ScriptBody } from '../model/script.ts';
import { chooseLanguage, languagesOf, sayInLanguage } from './in-language.ts';
import { findMissingWords } from './missing-words.ts';

const q1 = 'q1' as QuestionId;
const q2 = 'q2' as QuestionId;
const rent: Question = {
  id: q1,
  kind: 'one',
  prompt: 'What matters?',
  options: [
    { id: 'rent', label: 'Rent' },
    { id: 'bus', label: 'Buses' },
  ],
  askIf: { questionId: q2, said: ['s:1'] },
};
const yes: Question = { id: q2, kind: 'support', prompt: 'Will you vote yes?', options: [] };
const script: ScriptBody = {
  opening: 'Hello',
  questions: [yes, rent],
  closing: 'Bye',
  language: 'en',
  translations: [
    {
      language: 'es',
      opening: 'Hola',
      closing: ' ',
      questions: [
        // In another order than the source, and an option short.
        { id: q1, prompt: '¿Qué importa?', options: [{ id: 'bus', label: 'Autobuses' }] },
        { id: q2, prompt: '¿Votará que sí?', options: [] },
      ],
    },
  ],
};

test('what is not translated is said in the source, question by question', () => {
  const { opening, questions, closing } = sayInLanguage(script, 'es');
  expect(opening).toEqual({ text: 'Hola', language: 'es' });
  expect(closing).toEqual({ text: 'Bye', language: 'en' });
  expect(questions).toEqual([
    { question: { ...yes, prompt: '¿Votará que sí?' }, language: 'es' },
    // Half of it in Spanish would be worse than none.
    { question: rent, language: 'en' },
  ]);
  expect(sayInLanguage(script, 'vi').questions.map(({ question }) => question)).toEqual([
    yes,
    rent,
  ]);
});

test('what is missing is told in the order of the script', () => {
  const [es] = script.translations ?? [];
  expect(es && findMissingWords(script, es)).toEqual([
    { part: 'option', questionId: q1, optionId: 'rent' },
    { part: 'closing' },
  ]);
});

test('a wish for Spanish of anywhere finds Spanish; one that nobody wrote finds nothing', () => {
  expect(languagesOf(script)).toEqual(['en', 'es']);
  expect(chooseLanguage(script, [null, 'vi', 'es-MX', 'en'])).toBe('es');
  expect(chooseLanguage(script, ['vi', undefined])).toBeNull();
  expect(chooseLanguage({}, ['en'])).toBeNull();
});
