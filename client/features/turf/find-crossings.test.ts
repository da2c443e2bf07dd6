import { expect, test } from 'vitest';
import type { Polygon, Position } from '#shared/model/geojson.ts';
import { findCrossings } from './find-crossings.ts';

const ring = (...corners: Position[]): Polygon => ({
  type: 'Polygon',
  coordinates: [[...corners, corners[0] ?? [0, 0]]],
});

test('a bow tie crosses itself in its middle', () => {
  expect(findCrossings(ring([0, 0], [2, 2], [2, 0], [0, 2]))).toEqual([[1, 1]]);
});

test('a square, and a hollow corner, cross nowhere', () => {
  expect(findCrossings(ring([0, 0], [2, 0], [2, 2], [0, 2]))).toEqual([]);
  expect(findCrossings(ring([0, 0], [2, 0], [1, 1], [2, 2], [0, 2]))).toEqual([]);
});
