import { expect, test } from 'vitest';
import type { Feature, FeatureCollection, LineString, Polygon } from '../model/geojson.ts';
import type { MapLayers } from '../model/place.ts';
import { boundsAround, clipMap } from './clip-map.ts';

const collect = (...features: Feature[]): FeatureCollection => ({
  type: 'FeatureCollection',
  features,
});
const line = (street: string, ...coordinates: [number, number][]): Feature<LineString> => ({
  type: 'Feature',
  properties: { street },
  geometry: { type: 'LineString', coordinates },
});
const square = (low: number, high: number): Polygon => ({
  type: 'Polygon',
  coordinates: [
    [
      [low, low],
      [high, low],
      [high, high],
      [low, high],
      [low, low],
    ],
  ],
});

function makeMap(streets: FeatureCollection, parks = collect()): MapLayers {
  const empty = collect();
  const map = { streets, parks, water: empty, buildings: empty, rail: empty, precincts: empty };
  return map as unknown as MapLayers;
}

test('lines are cut at the edge, those beyond are dropped, names stay', () => {
  const map = makeMap(
    collect(line('Main St', [-1, 0.5], [2, 0.5]), line('Far Rd', [5, 5], [6, 6])),
  );
  const { streets } = clipMap(map, [0, 0, 1, 1]);
  expect(streets.features).toEqual([line('Main St', [0, 0.5], [1, 0.5])]);
});

test('an area that surrounds the box fills it; one that only neighbours it is dropped', () => {
  const area = (low: number, high: number): Feature => ({
    type: 'Feature',
    properties: {},
    geometry: square(low, high),
  });
  const { parks } = clipMap(makeMap(collect(), collect(area(-9, 9), area(3, 4))), [0, 0, 1, 1]);
  expect(parks.features).toHaveLength(1);
});

test('the box is wider in degrees of longitude away from the equator', () => {
  const [west, south, east, north] = boundsAround(square(42, 42.01), 250);
  expect(42 - south).toBeCloseTo(250 / 111_320, 9);
  expect(north - 42.01).toBeCloseTo(250 / 111_320, 9);
  expect((42 - west) / (42 - south)).toBeCloseTo(1 / Math.cos((42.005 * Math.PI) / 180), 6);
  expect(east).toBeGreaterThan(42.01);
});
