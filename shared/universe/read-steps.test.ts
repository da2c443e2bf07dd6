import { expect, test } from 'vitest';
import type { LayerId } from '../model/layer.ts';
import { EVERYONE } from '../model/universe.ts';
import { readSteps } from './read-steps.ts';

test('a question of the first form becomes one step for each thing that it asks', () => {
  expect(readSteps(EVERYONE)).toEqual([]);
  const layer = { layer: 'l' as LayerId, column: 1, not: true, min: 1, max: null, words: [] };
  const steps = readSteps({
    parties: ['D', ''],
    precincts: ['1'],
    minAge: null,
    maxAge: 30,
    elections: ['A', 'B'],
    votedAtLeast: 2,
    layers: [layer],
  });
  expect(steps).toEqual([
    { how: 'only', who: { kind: 'party', values: ['D', ''] } },
    { how: 'only', who: { kind: 'precinct', values: ['1'] } },
    { how: 'only', who: { kind: 'age', min: null, max: 30 } },
    { how: 'only', who: { kind: 'votes', elections: ['A', 'B'], atLeast: 2, methods: [] } },
    { how: 'only', who: { kind: 'layer', ...layer } },
  ]);
});

test('elections of which none need be voted in narrow nothing, as before', () => {
  expect(readSteps({ ...EVERYONE, elections: ['A'], votedAtLeast: 0 })).toEqual([]);
});

test('steps are taken as they are', () => {
  const steps = [{ how: 'without', who: { kind: 'age', min: 18, max: null } }] as const;
  expect(readSteps({ v: 2, steps: [...steps] })).toEqual(steps);
});
