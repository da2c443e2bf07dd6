import { expect, test } from 'vitest';
import type { BuildingId } from '../kernel/ids.ts';
import type { Building } from '../model/door.ts';
import { orderDoors } from './order-doors.ts';
import { compareUnits } from './order-units.ts';

const building = (number: string, street: string, city = 'Larkfield'): Building => ({
  id: `${number} ${street} ${city}` as BuildingId,
  number,
  street,
  city,
  zip: '00042',
  lon: null,
  lat: null,
  precinct: null,
});

function walk(buildings: readonly Building[]): string[] {
  const doors = buildings.map(({ id }) => ({ id: `door ${id}`, buildingId: id, unit: '' }));
  return orderDoors(doors, buildings).map(({ buildingId }) => buildingId);
}

test('up the odd side, back down the even side, one street after another', () => {
  const streets = ['2 Elm St', '10 Elm St', '1 Elm St', '9 Elm St', '11 Elm St', '4 Ash Ave'];
  const buildings = streets.map((words) => {
    const [number = '', ...street] = words.split(' ');
    return building(number, street.join(' '));
  });
  expect(walk(buildings).map((id) => id.replace(' Larkfield', ''))).toEqual([
    '4 Ash Ave',
    '1 Elm St',
    '9 Elm St',
    '11 Elm St',
    '10 Elm St',
    '2 Elm St',
  ]);
});

test('suffixes, halves and ranges follow their number', () => {
  const numbers = ['9', '9 1/2', '9-11', '9A', '7', '13'].map((n) => building(n, 'Oak St'));
  const order = walk(numbers).map((id) => id.split(' Oak')[0]);
  expect(order[0]).toBe('7');
  expect(order.at(-1)).toBe('13');
  expect(order[1]).toBe('9');
  expect(order.slice(2, 5).sort()).toEqual(['9 1/2', '9-11', '9A']);
});

test('numbered streets go by value and a street of the same name in another town is another', () => {
  const order = walk([
    building('1', '10th St'),
    building('1', '2nd St'),
    building('3', '2nd St', 'Ashby'),
    building('5', '2nd St'),
  ]);
  expect(order).toEqual([
    '3 2nd St Ashby',
    '1 2nd St Larkfield',
    '5 2nd St Larkfield',
    '1 10th St Larkfield',
  ]);
});

test('a house without a number comes after both sides', () => {
  expect(walk([building('', 'Elm St'), building('2', 'Elm St'), building('1', 'Elm St')])).toEqual([
    '1 Elm St Larkfield',
    '2 Elm St Larkfield',
    ' Elm St Larkfield',
  ]);
});

test('units are met as on the stairs', () => {
  const units = ['PH', '12A', '10', '3A', '2', 'Apt 3B', 'BSMT', '', '1R', 'PH2', '1F'];
  expect(units.sort(compareUnits)).toEqual([
    '',
    'BSMT',
    '1F',
    '1R',
    '2',
    '3A',
    'Apt 3B',
    '10',
    '12A',
    'PH',
    'PH2',
  ]);
});

test('a door whose building is missing is kept, at the end', () => {
  const known = building('1', 'Elm St');
  const lost = { id: 'lost', buildingId: 'nowhere', unit: '' };
  const door = { id: 'found', buildingId: known.id as string, unit: '' };
  expect(orderDoors([lost, door], [known])).toEqual([door, lost]);
});
