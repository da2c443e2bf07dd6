import { expect, test } from 'vitest';
import { MOST_UNITS, nameFloor, readUnits, sameUnit } from './name-units.ts';

test('one, several and ranges of units, as people type them', () => {
  const cases: [string, readonly string[]][] = [
    ['3a', ['3A']],
    [' 3A, 3b ;PH', ['3A', '3B', 'PH']],
    ['3A-3D', ['3A', '3B', '3C', '3D']],
    ['3A–D', ['3A', '3B', '3C', '3D']],
    ['301-304', ['301', '302', '303', '304']],
    ['Apt 9 - 11', ['APT 9', 'APT 10', 'APT 11']],
    ['B01-B03', ['B01', 'B02', 'B03']],
    ['3-A', ['3-A']],
    ['3A, 3-A', ['3-A']],
    ['3A-4C', ['3A-4C']],
    ['9-1', ['9-1']],
    ['-', []],
    ['a name that is much too long for a unit', []],
  ];
  for (const [typed, units] of cases) expect(readUnits(typed), typed).toEqual(units);
  expect(readUnits('1-2000')).toEqual(['1-2000']);
  expect(readUnits(Array.from({ length: 90 }, (_, at) => `U${at}`).join())).toHaveLength(
    MOST_UNITS,
  );
  expect(sameUnit('apt 3-a')).toBe('APT3A');
});

test('a floor is called as the fullest floor of its building is', () => {
  expect(nameFloor(3, ['1A', '1B', '2A', '2B', '2C'])).toEqual(['3A', '3B', '3C']);
  expect(nameFloor(12, ['101', '102', 'PH'])).toEqual(['1201', '1202']);
  expect(nameFloor(2, ['APT 1A', 'APT 1B'])).toEqual(['APT 2A', 'APT 2B']);
  expect(nameFloor(3, ['A', 'B'])).toEqual([]);
});
