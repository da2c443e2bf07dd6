import { expect, test } from 'vitest';
import { normaliseUnit } from '../model/unit-name.ts';
import { makeRowReader } from './row-to-voter.ts';

/** The key of a door by a unit and a floor that stand in columns of their own. */
function keyOf(unitType: string, unit: string, floor: string): string {
  const fields = ['voter-id', 'last-name', 'house-number', 'street-name'] as const;
  const more = ['unit-type', 'unit', 'floor'] as const;
  const columns = [...fields, ...more].map((field, column) => ({ column, field }));
  const read = makeRowReader(columns, columns.length, '2026-11-22');
  const found = read(['1', 'Roe', '12', 'Main St', unitType, unit, floor]);
  if (!found.ok) throw new Error(found.problem);
  const { address } = found.value;
  return normaliseUnit(address.unit, address.unitType);
}

test('a floor in a column of its own is told with the unit, as where it stands in the unit', () => {
  expect(keyOf('Apt', '5', '3')).toBe(normaliseUnit('3rd Floor Apt 5'));
  expect(keyOf('Apt', '5', '3rd')).toBe(keyOf('', '5', '03'));
  expect(keyOf('', '', '2')).toBe(normaliseUnit('2nd Floor'));
});

test('a floor that the unit says already, or that is none, changes nothing', () => {
  expect(keyOf('', '2nd Fl Apt 5', '2')).toBe(normaliseUnit('2nd Fl Apt 5'));
  expect(keyOf('Apt', '5', '')).toBe(normaliseUnit('5', 'Apt'));
  for (const none of ['0', 'n/a', '-']) expect(keyOf('Apt', '5', none)).toBe(keyOf('Apt', '5', ''));
});
