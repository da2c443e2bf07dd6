import { expect, test } from 'vitest';
import type { Polygon } from '#shared/model/geojson.ts';
import { liesAcross, turnBounds, turnOutline } from './one-side.ts';
import { insideOutline, outlineBounds } from './outline-rings.ts';

const box = (west: number, east: number): Polygon => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, -17],
      [east, -17],
      [east, -16.99],
      [west, -16.99],
      [west, -17],
    ],
  ],
});

test('a turf across the date line is one narrow outline on one side', () => {
  const outline = box(179.995, -179.995);
  expect(liesAcross(outline)).toBe(true);
  const [west = 0, , east = 0] = outlineBounds(turnOutline(outline)) ?? [];
  expect(east - west).toBeCloseTo(0.01);
  expect(insideOutline(180.001, -16.995, turnOutline(outline))).toBe(true);
  expect(insideOutline(0, -16.995, turnOutline(outline))).toBe(false);
  expect(turnOutline(outline)).toBe(turnOutline(outline));
});

test('a turf on one side is none across, and its bounds go where its neighbours are shown', () => {
  expect(liesAcross(box(-71.1, -71.09))).toBe(false);
  expect(liesAcross(box(-0.01, 0.01))).toBe(false);
  expect(turnBounds([-179.99, -17, -179.98, -16])).toEqual([180.01, -17, 180.02, -16]);
  expect(turnBounds([179.99, -17, 180.01, -16])).toEqual([179.99, -17, 180.01, -16]);
});
