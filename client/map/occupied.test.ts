import { expect, test } from 'vitest';
import { Occupied } from './occupied.ts';

test('words near the border of a cell still keep their distance', () => {
  const taken = new Occupied();
  taken.take(47, 47, 5);
  expect(taken.touches(53, 50, 5)).toBe(true);
  expect(taken.touches(60, 60, 5)).toBe(false);
  expect(taken.touches(-47, -47, 5)).toBe(false);
});
