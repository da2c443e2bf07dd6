import { expect, test } from 'vitest';
import { unitKey } from '../model/unit-name.ts';
import { MOST_UNITS, nameFloor, readUnits } from './name-units.ts';

test('one, several and ranges of units, as people type them', () => {
  const cases: [string, readonly string[]][] = [
    ['3a', ['3A']],
    [' 3A, 3b ;PH', ['3A', '3B', 'PH']],
    ['3A-3D', ['3A', '3B', '3C', '3D']],
    ['3A–D', ['3A', '3B', '3C', '3D']],
    ['301-304', ['301', '302', '303', '304']],
    ['Apt 9 - 11', ['9', '10', '11']],
    ['B01-B03', ['B01', 'B02', 'B03']],
    ['3-A', ['3-A']],
    ['3A, 3-A', ['3-A']],
    ['3A-4C', ['3A-4C']],
    ['9-1', ['9-1']],
    ['Apt 4, #4, unit 04', ['04']],
    ['Кв 7', ['КВ 7']],
    ['-', []],
    ['a name that is much too long for a unit', []],
  ];
  for (const [typed, units] of cases) expect(readUnits(typed), typed).toEqual(units);
  expect(readUnits('1-2000')).toEqual(['1-2000']);
  expect(readUnits(Array.from({ length: 90 }, (_, at) => `U${at}`).join())).toHaveLength(
    MOST_UNITS,
  );
  expect(['apt 3-a', '#3A', 'Unit 3 a', '03A'].map(unitKey)).toEqual(Array(4).fill('3A'));
  expect(unitKey('Кв. 7')).not.toBe(unitKey('7б'));
});

test('a floor is called as the fullest floor of its building is', () => {
  expect(nameFloor(3, ['1A', '1B', '2A', '2B', '2C'])).toEqual(['3A', '3B', '3C']);
  expect(nameFloor(12, ['101', '102', 'PH'])).toEqual(['1201', '1202']);
  expect(nameFloor(2, ['APT 1A', 'APT 1B'])).toEqual(['APT 2A', 'APT 2B']);
  expect(nameFloor(3, ['A', 'B'])).toEqual([]);
});
