import { expect, test } from 'vitest';
import { floorOf, groupFloors } from './floor-of.ts';
import { compareUnits } from './order-units.ts';

test('a unit tells its floor when its name does', () => {
  const floors = ['3A', 'Apt 3-B', '12 c', '304', '1204', '1204B'].map((unit) => floorOf(unit));
  expect(floors).toEqual([3, 3, 12, 3, 12, 12]);
});

test('a floor that is said goes before one that a number tells', () => {
  const units = [
    'FL 2',
    '2nd Floor',
    'Floor 3 Apt 1204',
    'Apt 4, 10th fl',
    '3rd Floor Left',
    'FLR 12',
  ];
  expect(units.map((unit) => floorOf(unit))).toEqual([2, 2, 3, 10, 3, 12]);
});

test('a unit that has its house’s number tells nothing', () => {
  expect([floorOf('12A', '12'), floorOf('1204', '1204'), floorOf('3A', '12')]).toEqual([
    null,
    null,
    3,
  ]);
});

test('units are in the order of their floors, whichever way that is written', () => {
  const climbed = [
    'BSMT',
    'Ground Floor',
    '1st Floor',
    'FL 2 Apt 9',
    'Apt 4, 2nd Fl',
    '3A',
    '10th floor',
  ];
  const mixed = [...climbed].reverse().sort(compareUnits);
  const floors = mixed.map((unit) => floorOf(unit));
  expect(floors).toEqual([null, null, 1, 2, 2, 3, 10]);
  expect(groupFloors(mixed, (unit) => unit)).toHaveLength(5);
});

test('a name that tells nothing is no floor', () => {
  expect(
    ['', 'B', '12', 'PH', 'Rear', 'Lot 304', '012', '12345678'].map((unit) => floorOf(unit)),
  ).toEqual(Array.from({ length: 8 }, () => null));
});

test('floors are runs in walk order: nothing is moved', () => {
  const groups = groupFloors(['101', '102', '201', '103'], (unit) => unit);
  expect(groups.map(({ floor, things }) => [floor, things.length])).toEqual([
    [1, 2],
    [2, 1],
    [1, 1],
  ]);
});
