import { expect, test } from 'vitest';
import type { Polygon } from '../model/geojson.ts';
import { assignBuildings, isInOutline } from './assign-buildings.ts';

const box = (west: number, south: number, east: number, north: number): Polygon => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
});

test('a building without a place is in no outline', () => {
  expect(assignBuildings({ lon: [NaN, 1], lat: [NaN, 1] }, box(0, 0, 2, 2))).toEqual([1]);
});

test('a building on a shared edge is in one of two neighbours, never in both or neither', () => {
  const [left, right] = [box(0, 0, 1, 1), box(1, 0, 2, 1)];
  for (const lat of [0.25, 0.5, 0.999]) {
    expect(Number(isInOutline(1, lat, left)) + Number(isInOutline(1, lat, right))).toBe(1);
  }
});

test('a hole is outside', () => {
  const [outer, hole] = [box(0, 0, 4, 4), box(1, 1, 3, 3)];
  const ring: Polygon = {
    type: 'Polygon',
    coordinates: [...outer.coordinates, ...hole.coordinates],
  };
  expect(assignBuildings({ lon: [0.5, 2], lat: [2, 2] }, ring)).toEqual([0]);
});

test('an outline that encloses nothing holds nothing', () => {
  expect(assignBuildings({ lon: [0], lat: [0] }, box(0, 0, 0, 1))).toEqual([]);
  expect(assignBuildings({ lon: [0], lat: [0] }, { type: 'Polygon', coordinates: [] })).toEqual([]);
});
