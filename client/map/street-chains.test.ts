import { expect, test } from 'vitest';
import type { LineString, Position } from '#shared/model/geojson.ts';
import { chainStreets } from './street-chains.ts';

const street = (name: string, cls: string, ...coordinates: Position[]) => ({
  type: 'Feature' as const,
  properties: { street: name, cls },
  geometry: { type: 'LineString', coordinates } as LineString,
});

test('blocks of one street become one line, whichever way each was drawn', () => {
  const chains = chainStreets({
    type: 'FeatureCollection',
    features: [
      street('Elm St', 'residential', [0, 0], [1, 0]),
      street('Elm St', 'residential', [2, 0], [1, 0]),
      street('Elm St', 'residential', [2, 0], [3, 0]),
    ],
  });
  expect(chains).toHaveLength(1);
  expect(chains[0]?.x).toHaveLength(4);
});

test('a street that forks stays apart at the fork and a ring does not run for ever', () => {
  const chains = chainStreets({
    type: 'FeatureCollection',
    features: [
      street('Fork Rd', 'residential', [0, 0], [1, 0]),
      street('Fork Rd', 'residential', [1, 0], [2, 1]),
      street('Fork Rd', 'residential', [1, 0], [2, -1]),
      street('Ring Rd', 'major', [5, 5], [6, 5], [6, 6]),
      street('Ring Rd', 'major', [6, 6], [5, 6], [5, 5]),
      street('', 'residential', [9, 9], [8, 8]),
    ],
  });
  expect(chains.map(({ name }) => name)).toEqual(['Ring Rd', 'Fork Rd', 'Fork Rd', 'Fork Rd']);
});
