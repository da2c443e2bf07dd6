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
  line: [-50, 42, -50, 42.001],
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
const asked = { half: '', city: '', unit: '', unitType: '', lon: null, lat: null };
const ask = (number: string, street: string, more: Partial<AskedAddress> = {}) =>
  index.match({ ...asked, number, street, zip: '42', ...more });

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

test('an address is never placed in a town that it does not say', () => {
  const elsewhere = ask('12', 'Rindge Ave', { city: 'Ashby', zip: '00050' });
  expect(elsewhere).toMatchObject({ grade: 'none', reason: 'other-town', score: 0 });
  expect(ask('12', 'Ringe Ave', { city: 'Ashby', zip: '00050' }).grade).toBe('none');
  // The town's own name beside the post's: the zip decides.
  expect(ask('12', 'Rindge Ave', { city: 'Larkfield Mills' }).grade).toBe('exact');
  const zip = ask('12', 'Rindge Ave', { city: 'Larkfield', zip: '00043' });
  expect(zip).toMatchObject({ grade: 'tolerant', score: 0.9 });
});

test('a number that the list lacks stands between its neighbours of the same side', () => {
  const row = ['2', '3', '6', '10', '30'].map((number) =>
    point(number, 'Long Rd', { sourceId: number, lon: -50 + Number(number) / 10_000 }),
  );
  const road = new AddressIndex(row, []);
  const at = (number: string) => road.match({ ...asked, number, street: 'Long Rd', zip: '42' });
  expect(at('8')).toMatchObject({ grade: 'interpolated', lon: -49.9992, addressId: null });
  expect(at('8').score).toBeLessThan(1);
  expect(at('6')).toMatchObject({ grade: 'exact', addressId: '6', score: 1 });
  expect(at('5')).toMatchObject({ grade: 'interpolated', lon: -49.9997 });
  expect(at('99').grade).toBe('none');
});

test('where somebody settled an address it stays, whatever the list says', () => {
  const key = ask('9', 'Nowhere Walk').key;
  const settled = new AddressIndex([], [], [{ key, lon: 1, lat: 2, addressId: null }]);
  const match = settled.match({ ...asked, number: '9', street: 'NOWHERE WALK', zip: '42' });
  expect(match).toMatchObject({ grade: 'settled', lon: 1, lat: 2, score: 1, reason: null });
});

test('a number with a hyphen is one number and not a range', () => {
  const queens = new AddressIndex(
    ['37-12', '37-18', '12'].map((no) => point(no, '80th St')),
    [],
  );
  const at = (number: string) => queens.match({ ...asked, number, street: '80 St', zip: '42' });
  expect(queens.match({ ...asked, number: '3712', street: '80th St', zip: '42' })).toMatchObject({
    number: '37-12',
    score: 0.95,
  });
  expect(at('37-14').addressId).toBe(null);
  const range = queens.match({ ...asked, number: '12-14', street: '80th St', zip: '42' });
  expect(range).toMatchObject({ grade: 'tolerant', score: 0.88 });
});
