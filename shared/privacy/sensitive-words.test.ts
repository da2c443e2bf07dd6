import { expect, test } from 'vitest';
import { findSensitiveWords } from './sensitive-words.ts';

const say = (text: string, names?: readonly string[]): string[] =>
  findSensitiveWords(text, names).map(({ kind, word }) => `${kind}: ${word}`);

test('words of all three kinds are found in English and Spanish, with and without accents', () => {
  expect(say('Diabetic, goes to the mosque; no papers.')).toEqual([
    'health: Diabetic',
    'religion: mosque',
    'immigration: no papers',
  ]);
  expect(say('Está en silla de ruedas, es musulmán y está sin papeles')).toEqual([
    'health: silla de ruedas',
    'religion: musulmán',
    'immigration: sin papeles',
  ]);
  expect(say('catolica CATÓLICA católica')).toEqual(['religion: catolica']);
  expect(say('catolico')).toEqual(['religion: catolico']);
});

test('what only looks like such a word is left alone', () => {
  expect(say('Ice on the steps, visage, Illinois, ministry of rents, aumento ilegal')).toEqual([]);
  expect(say('Afraid of ICE')).toEqual(['immigration: ICE']);
  expect(say('')).toEqual([]);
});

test('a name is a name', () => {
  expect(say('Ask for Christian or Mrs Church', ['Christian Böhm', 'Ana Church'])).toEqual([]);
  expect(say('Ask for Christian', ['Ana'])).toEqual(['religion: Christian']);
});

test('letters beyond the ASCII ones and pairs of them do not move what is quoted', () => {
  expect(say('😀 ¿Ñandú? Él está enfermo… 😀')).toEqual(['health: enfermo']);
});
