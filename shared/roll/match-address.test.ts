import { expect, test } from 'vitest';
import { AddressIndex, type AddressPoint, type AskedAddress } from './match-address.ts';

const point = (number: string, street: string, more: Partial<AddressPoint> = {}): AddressPoint => ({
  sourceId: '',
  number,
  street,
  city: 'Larkfield',
  zip: '00042',
  lon: -50,
  lat: 42,
  unit: '',
  ...more,
});
const range = {
  street: 'Gum Ave',
  line: [
    [-50, 42],
    [-50, 42.001],
  ],
  leftFrom: 100,
  leftTo: 110,
  rightFrom: 101,
  rightTo: 111,
  zips: [],
};
const index = new AddressIndex(
  [
    point('12', 'Rindge Ave'),
    point('12', 'Saint Anne St'),
    point('9', 'North St'),
    point('40', '1st St'),
    point('41', '2nd St'),
    point('7', 'Elm Ave'),
    point('7', 'Elm St'),
    point('289', 'Cedar St'),
    point('5', 'Main St', { city: 'Ashby', zip: '00050', lon: -51 }),
    point('5', 'Main St'),
    point('1', 'Lost Ln', { lon: null, lat: null }),
    point('1450', 'US Route 9', { unit: 'LOT 7', lon: -50.7 }),
    point('1450', 'US Route 9', { unit: 'LOT 8', lon: -50.8 }),
  ],
  [range],
);
const ask = (number: string, street: string, more: Partial<AskedAddress> = {}) =>
  index.match({
    number,
    half: '',
    street,
    city: '',
    zip: '42',
    unit: '',
    unitType: '',
    lon: null,
    lat: null,
    ...more,
  });

test.each([
  ['12', 'RINDGE AVENUE', 'exact', 'Rindge Ave'],
  ['12', 'Ringe Ave', 'tolerant', 'Rindge Ave'],
  ['12', 'Rindge', 'tolerant', 'Rindge Ave'],
  ['12', 'St. Anne Street', 'exact', 'Saint Anne St'],
  ['9', 'N St', 'tolerant', 'North St'],
  ['40', 'First St', 'exact', '1st St'],
  ['104', 'Gum Av', 'interpolated', 'Gum Ave'],
])('%s %s is %s', (number, street, grade, shown) => {
  expect(ask(number, street)).toMatchObject({ grade, street: shown, reason: null });
});

test.each([
  ['41', '1st St', 'number-unknown'],
  ['7', 'Elm', 'several-places'],
  ['12', 'Nowhere Blvd', 'street-unknown'],
  ['', 'Rindge Ave', 'no-number'],
  ['', 'PO Box 7', 'po-box'],
  ['1', 'Lost Ln', 'no-coordinates'],
])('%s %s has no place: %s', (number, street, reason) => {
  expect(ask(number, street)).toMatchObject({ grade: 'none', lon: null, reason });
});

test('one address in two towns is two buildings, told apart by zip', () => {
  const [here, there] = [ask('5', 'Main St'), ask('5', 'Main St', { zip: '00050' })];
  expect([here.lon, there.lon]).toEqual([-50, -51]);
  expect(here.key).not.toBe(there.key);
});

test('a rear house stands by the house of its number and is a building of its own', () => {
  const rear = ask('289', 'Cedar St', { half: 'R' });
  expect(rear).toMatchObject({ grade: 'tolerant', number: '289R', lon: -50 });
  expect(rear.key).not.toBe(ask('289', 'Cedar St').key);
});

test('the lots of a park have places of their own', () => {
  const [seven, eight] = ['7', '8'].map((unit) =>
    ask('1450', 'US Rte 9', { unit, unitType: 'Lot' }),
  );
  expect([seven?.lon, eight?.lon]).toEqual([-50.7, -50.8]);
});

test('coordinates of the file count where the map knows nothing', () => {
  const given = ask('77', 'Nowhere Blvd', { lon: -50.5, lat: 42.5 });
  expect(given).toMatchObject({ grade: 'given', lon: -50.5, lat: 42.5 });
});
