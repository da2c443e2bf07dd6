import { expect, test } from 'vitest';
import { gatherDoors, type PlacedDoor } from './gather-doors.ts';

const door = (
  buildingId: string,
  position: number,
  more: Partial<PlacedDoor> = {},
): PlacedDoor => ({
  buildingId,
  position,
  lon: 1,
  lat: 2,
  standing: 'to-do',
  ...more,
});

test('a tower is one mark that is to do until all of it is done', () => {
  const tower = [
    door('a', 1, { standing: 'contact' }),
    door('a', 2),
    door('a', 3, { standing: 'done', onPhone: true }),
  ];
  const { columns, buildingIds } = gatherDoors(tower);
  expect(buildingIds).toEqual(['a']);
  expect(columns.standing?.[0]).toBe('to-do');
  expect(columns.doors?.[0]).toBe(1);
  expect(columns.onPhone?.[0]).toBe(1);
});

test('a building with no place is not on the map and stops come in walk order', () => {
  const { walk, indexOf } = gatherDoors([
    door('b', 7),
    door('nowhere', 2, { lon: null }),
    door('a', 1, { lon: 5 }),
  ]);
  expect(walk.map(({ position }) => position)).toEqual([1, 7]);
  expect(indexOf.get('nowhere')).toBeUndefined();
  expect(indexOf.get('b')).toBe(1);
});
