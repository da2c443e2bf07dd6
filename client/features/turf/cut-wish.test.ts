import { expect, test } from 'vitest';
import {
  cutOptions,
  FIRST_WISH,
  isGuessed,
  isWishWhole,
  planSizeOf,
  targetOf,
} from './cut-wish.ts';

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

test('a size is kept with its plan only when it is one, with nothing broken beside it', () => {
  expect(planSizeOf({ ...FIRST_WISH, doors: NaN })).toBeUndefined();
  const wish = { ...FIRST_WISH, doors: NaN, by: 'minutes' as const, minutes: 90 };
  expect(planSizeOf(wish)).toEqual({ ...wish, doors: FIRST_WISH.doors });
});

test('forty turfs of twelve thousand doors are three hundred each', () => {
  expect(targetOf({ ...FIRST_WISH, by: 'turfs' }, 12_000)).toEqual({
    measure: 'doors',
    least: 270,
    most: 330,
  });
});

test('a map without streets only guesses its walks, and is told apart from one with some', () => {
  const none = { type: 'FeatureCollection' as const, features: [] };
  const line: [number, number][] = [
    [0, 0],
    [0, 1],
  ];
  const street = {
    type: 'Feature' as const,
    properties: {},
    geometry: { type: 'LineString' as const, coordinates: line },
  };
  expect(isGuessed({ streets: none })).toBe(true);
  expect(isGuessed({ streets: { ...none, features: [street] } })).toBe(false);
});
