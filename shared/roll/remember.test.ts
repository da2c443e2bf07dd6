import { expect, test } from 'vitest';
import { remember } from './remember.ts';

test('answers are the same whether they are new, known or forgotten, and a known one costs no work', () => {
  let calls = 0;
  const double = remember((text) => {
    calls++;
    return text + text;
  }, 2);
  expect(['a', 'b', 'a', 'c', 'a', ''].map(double)).toEqual(['aa', 'bb', 'aa', 'cc', 'aa', '']);
  expect(calls).toBe(5);
});
