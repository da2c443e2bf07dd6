import { expect, test } from 'vitest';
import type { FeatureCollection, Geometry } from '../../shared/model/geojson.ts';
import { cutBarriers } from './cut-barriers.ts';

const layer = <G extends Geometry>(
  ...features: readonly { geometry: G; cls?: string }[]
): FeatureCollection<G> => ({
  type: 'FeatureCollection',
  features: features.map(({ geometry, cls = null }) => ({
    type: 'Feature',
    properties: { cls },
    geometry,
  })),
});

const lake = {
  type: 'Polygon',
  coordinates: [
    [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ],
  ],
} as const;
const line = {
  type: 'LineString',
  coordinates: [
    [0, 0],
    [1, 1],
  ],
} as const;

test('only what was asked for is a barrier, and only large roads are one', () => {
  const layers = {
    water: layer({ geometry: lake }),
    rail: layer({ geometry: line }),
    streets: layer(
      { geometry: line, cls: 'major' },
      { geometry: line, cls: 'limited' },
      { geometry: line, cls: 'residential' },
    ),
  };
  expect(cutBarriers(layers, [])).toEqual([]);
  expect(cutBarriers(layers, ['road']).map(({ kind }) => kind)).toEqual(['road', 'road']);
});
