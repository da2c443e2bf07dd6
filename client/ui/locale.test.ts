import { expect, test } from 'vitest';
import { chooseLocale } from './locale.ts';

test('a regional tag finds its language', () => {
  expect(chooseLocale([null, 'es-MX', 'en'])).toBe('es');
});

test('what the person chose wins over the browser', () => {
  expect(chooseLocale(['en', 'es'])).toBe('en');
});

test('an unknown language, a broken tag and nothing at all fall back to English', () => {
  expect(chooseLocale(['fr-CA', ''])).toBe('en');
  expect(chooseLocale([])).toBe('en');
});
