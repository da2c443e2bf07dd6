import { expect, test } from 'vitest';
import type { FeatureCollection } from '#shared/model/geojson.ts';
import { CLOSEST, indexLayer } from './layer-tiles.ts';
import { latToY, lonToX } from './world.ts';

test('a street is on the map at every zoom, the closest too', () => {
  const street: FeatureCollection = {
    type: 'FeatureCollection',
    features: [
      {
        type: 'Feature',
        properties: { cls: 'residential' },
        geometry: {
          type: 'LineString',
          coordinates: [
            [-50, 42],
            [-49.99, 42],
          ],
        },
      },
    ],
  };
  const tiles = indexLayer(street);
  for (let zoom = 10; zoom <= CLOSEST; zoom++) {
    const across = 2 ** (zoom - 1);
    const [x, y] = [Math.floor(lonToX(-49.995) * across), Math.floor(latToY(42) * across)];
    expect([zoom, tiles(zoom - 1, x, y).length]).toEqual([zoom, 1]);
  }
});
