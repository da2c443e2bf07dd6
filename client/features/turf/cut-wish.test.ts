import { expect, test } from 'vitest';
import { cutOptions, FIRST_WISH, isWishWhole, targetOf } from './cut-wish.ts';

test('minutes, doors and a number of turfs each ask for their own kind of cut', () => {
  expect(cutOptions({ ...FIRST_WISH, by: 'minutes' }, null)).toMatchObject({
    size: 120,
    measure: 'minutes',
  });
  expect(cutOptions(FIRST_WISH, null)).not.toHaveProperty('turfs');
  expect(cutOptions({ ...FIRST_WISH, by: 'turfs', turfs: 12 }, null).turfs).toBe(12);
});

test('an empty or broken number is no wish', () => {
  expect(isWishWhole({ ...FIRST_WISH, doors: NaN })).toBe(false);
  expect(isWishWhole({ ...FIRST_WISH, by: 'turfs', turfs: 0 })).toBe(false);
  expect(isWishWhole({ ...FIRST_WISH, doors: NaN, by: 'minutes' })).toBe(true);
});

test('forty turfs of twelve thousand doors are three hundred each', () => {
  expect(targetOf({ ...FIRST_WISH, by: 'turfs' }, 12_000)).toEqual({
    measure: 'doors',
    least: 270,
    most: 330,
  });
});
