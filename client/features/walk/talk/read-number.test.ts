import { expect, test } from 'vitest';
import { readNumber } from './read-number.ts';

test('a rent of 1,200 is no 1.2: commas between thousands are none before a fraction', () => {
  expect(['1,200', '12,500', '1,234,567', '1,200.50', '-1,200'].map(readNumber)).toEqual([
    1200, 12_500, 1_234_567, 1200.5, -1200,
  ]);
  expect(['2,5', '0,125', '2,50', '1200,5', '.5', '3.', ' 7 '].map(readNumber)).toEqual([
    2.5, 0.125, 2.5, 1200.5, 0.5, 3, 7,
  ]);
  const none = ['', '-', '3-4', 'three', '1,2,3', '1,20,000', '1.200,50', '1e3'];
  expect(none.map(readNumber)).toEqual(none.map(() => null));
  expect(['1000000000', '2000000000', '-2,000,000,000'].map(readNumber)).toEqual([
    1e9,
    'too-large',
    'too-large',
  ]);
});
