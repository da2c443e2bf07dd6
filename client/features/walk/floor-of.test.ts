import { expect, test } from 'vitest';
import { floorOf, groupFloors } from './floor-of.ts';

test('a unit tells its floor when its name does', () => {
  const floors = ['3A', '3-B', '12 c', '304', '1204', '1204B'].map(floorOf);
  expect(floors).toEqual([3, 3, 12, 3, 12, 12]);
});

test('a name that tells nothing is no floor', () => {
  expect(['', 'B', '12', 'PH', 'Rear', '12345678'].map(floorOf)).toEqual(
    Array.from({ length: 6 }, () => null),
  );
});

test('floors are runs in walk order: nothing is moved', () => {
  const groups = groupFloors(['101', '102', '201', '103'], (unit) => unit);
  expect(groups.map(({ floor, things }) => [floor, things.length])).toEqual([
    [1, 2],
    [2, 1],
    [1, 1],
  ]);
});
