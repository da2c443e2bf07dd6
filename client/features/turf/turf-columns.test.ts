import { expect, test } from 'vitest';
import type { TurfId } from '#shared/kernel/ids.ts';
import type { UniverseDoors } from '#shared/model/universe.ts';
import { boundsOfDoors, countUncut, mapColumns, markInside } from './turf-columns.ts';

const doors: UniverseDoors = {
  buildings: ['a', 'b', 'c'],
  label: ['1 Elm St', '2 Elm St', '128 1/2 Oak Ave'],
  lon: [0, 2, 1],
  lat: [5, 4, 6],
  doors: [1, 10, 3],
  people: [2, 14, 4],
  turfs: ['t1' as TurfId],
  turf: [-1, 0, -1],
  position: [0, 1, 0],
  street: ['Elm St', 'Elm St', 'Oak Ave'],
  number: ['1', '2', '128 1/2'],
  precinct: [-1, -1, -1],
  precincts: [],
  units: [],
  shared: [],
};

test('uncut doors are those of buildings in no turf', () => {
  expect(countUncut(doors)).toEqual({ doors: 4, all: 14 });
});

test('a turf that the list does not have yet leaves its doors without a colour', () => {
  expect([...(mapColumns(doors, []).hue as Int8Array)]).toEqual([-1, -1, -1]);
});

test('marking changes neither places nor the columns before', () => {
  const columns = mapColumns(doors, []);
  const marked = markInside(columns, [2]);
  expect(marked.lon).toBe(columns.lon);
  expect(columns.marked).toBeUndefined();
  expect([...(marked.marked as Uint8Array)]).toEqual([0, 0, 1]);
});

test('the bounds hold every door; none has no bounds', () => {
  expect(boundsOfDoors(doors)).toEqual([0, 4, 2, 6]);
  expect(boundsOfDoors({ ...doors, lon: [], lat: [] })).toBe(null);
});
