import { expect, test } from 'vitest';
import { languageOf } from './kept-words.ts';

test('words are told from other parts of the app by their names', () => {
  expect(languageOf('assets/door-es-BXJotz-_.js')).toBe('es');
  expect(languageOf('/assets/en-C38PQTki.js')).toBe('en');
  expect(languageOf('/assets/walk-es-C38PQTki.js')).toBeNull();
  expect(languageOf('/index.html')).toBeNull();
});
