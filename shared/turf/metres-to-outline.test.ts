import { expect, test } from 'vitest';
import type { Polygon, Position } from '../model/geojson.ts';
import { metresToOutline } from './metres-to-outline.ts';

/** A box of 0.01 degrees. */
const box = (west: number, south: number): Polygon => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [west + 0.01, south],
      [west + 0.01, south + 0.01],
      [west, south + 0.01],
      [west, south],
    ],
  ],
});

test.each<[string, Position, Polygon, number]>([
  ['inside', [-50.005, 42.005], box(-50.01, 42), 0],
  ['a thousandth of a degree north', [-50.005, 42.011], box(-50.01, 42), 111],
  ['east of it, where degrees are shorter', [-49.99, 42.005], box(-50.01, 42), 826],
  ['off a corner', [-49.99, 42.02], box(-50.01, 42), 1385],
  ['across the date line', [179.999, 0.005], box(-180, 0), 111],
])('%s', (_, place, outline, metres) => {
  expect(Math.round(metresToOutline(place, outline))).toBe(metres);
});

test('of several parts the nearest counts, and a hole is outside', () => {
  const parts = [box(-51, 42), box(-50.01, 42)].map(({ coordinates }) => coordinates);
  const both = { type: 'MultiPolygon', coordinates: parts } as const;
  expect(metresToOutline([-50.005, 42.005], both)).toBe(0);
  const outer = box(-50.02, 41.99).coordinates[0] ?? [];
  const hole = outer.map(([x, y]): Position => [
    -50.015 + (x + 50.015) / 2,
    41.995 + (y - 41.995) / 2,
  ]);
  const ring = { type: 'Polygon', coordinates: [outer, hole] } as const;
  expect(Math.round(metresToOutline([-50.015, 41.995], ring))).toBe(207);
});
