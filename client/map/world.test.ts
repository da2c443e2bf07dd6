import { expect, test } from 'vitest';
import { zoomToFit } from './world.ts';

test('two towns six degrees apart are both in sight from far away, one turf from near', () => {
  expect(zoomToFit([-50, 42, -44, 42.01], 800, 800)).toBe(7);
  expect(zoomToFit([-71.11, 42.36, -71.1, 42.37], 800, 800)).toBeGreaterThan(14);
});

test('the whole world, one point and a map that has no size yet have a zoom', () => {
  expect(zoomToFit([-180, -17, 180, -16], 800, 800)).toBe(1);
  expect(zoomToFit([1, 1, 1, 1], 800, 800)).toBe(Infinity);
  expect(zoomToFit([-50, 42, -44, 43], 0, -56)).toBe(1);
});
