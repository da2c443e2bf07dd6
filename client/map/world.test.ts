import { expect, test } from 'vitest';
import { boundsOf, columnBounds, zoomToFit } from './world.ts';

test('two towns six degrees apart are both in sight from far away, one turf from near', () => {
  expect(zoomToFit([-50, 42, -44, 42.01], 800, 800)).toBe(7);
  expect(zoomToFit([-71.11, 42.36, -71.1, 42.37], 800, 800)).toBeGreaterThan(14);
});

test('the whole world, one point and a map that has no size yet have a zoom', () => {
  expect(zoomToFit([-180, -17, 180, -16], 800, 800)).toBe(1);
  expect(zoomToFit([1, 1, 1, 1], 800, 800)).toBe(Infinity);
  expect(zoomToFit([-50, 42, -44, 43], 0, -56)).toBe(1);
});

test('what lies across the date line is as narrow as it is, and not a bar around the world', () => {
  const both = [
    [179.99, -17],
    [-179.98, -16.9],
  ] as const;
  const [west, south, east, north] = boundsOf(both) ?? [];
  expect([west, south, north]).toEqual([179.99, -17, -16.9]);
  expect(east).toBeCloseTo(180.02);
  const columns = columnBounds([179.99, -179.98, NaN], [-17, -16.9, NaN]);
  expect(columns).toEqual(boundsOf(both));
});

test('a chapter of two coasts, and one around Greenwich, are bounded as before', () => {
  expect(columnBounds([-122.4, -71.1], [37.8, 42.4])).toEqual([-122.4, 37.8, -71.1, 42.4]);
  expect(columnBounds([-0.2, 0.1], [51.4, 51.6])).toEqual([-0.2, 51.4, 0.1, 51.6]);
  expect(boundsOf([])).toBeNull();
});
