import { expect, test } from 'vitest';
import { normaliseUnit } from '../model/unit-name.ts';

test('a unit is one whichever way its floor and its kind are written, and two sides of a floor are two', () => {
  const keys = (...units: readonly string[]): number =>
    new Set(units.map((unit) => normaliseUnit(unit))).size;
  expect(keys('3rd Floor Apt 5', 'Apt 5, 3rd fl', 'FL 3 #5', 'floor 3 unit 5')).toBe(1);
  expect(keys('MH 4', 'Trailer 4', 'TRLR #4')).toBe(1);
  expect(keys('Lot 7', 'LT 7')).toBe(1);
  expect(keys('1st Floor Front', '1st Floor Rear', '1st Floor', 'Apt 1')).toBe(4);
});
