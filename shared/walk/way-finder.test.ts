import { expect, test } from 'vitest';
import type { WalkDoor } from './group-stops.ts';
import { WayFinder } from './way-finder.ts';

/** Two streets on both banks of a river, with a bridge at their east end. */
const line = (street: string, coordinates: number[][]) => ({
  type: 'Feature',
  properties: { street, cls: 'residential' },
  geometry: { type: 'LineString', coordinates },
});
const streets = {
  features: [
    line('North St', [
      [0, 0.0006],
      [0.004, 0.0006],
    ]),
    line('South St', [
      [0, 0],
      [0.004, 0],
    ]),
    line('Bridge St', [
      [0.004, 0],
      [0.004, 0.0006],
    ]),
  ],
};
const house = (id: string, step: number, north: boolean): WalkDoor => ({
  id,
  lon: step * 0.0004,
  lat: north ? 0.0007 : 0.0001,
  building: id,
  street: north ? 'North St' : 'South St',
  number: String(2 * step + 2),
});
const doors = [
  ...[1, 2, 3, 4, 5].map((step) => house(`n${step}`, step, true)),
  ...[1, 2, 3, 4, 5].map((step) => house(`s${step}`, step, false)),
];
const left = (...done: string[]): string[] =>
  doors.map(({ id }) => id).filter((id) => !done.includes(id));

test('after a jump the next door is on this bank, however near the other one looks', () => {
  const finder = new WayFinder(doors, streets);
  // Across the river it is 67 metres in a straight line, along the street 45.
  expect(finder.next('n1', left('n1', 's5'))).toBe('n2');
  expect(['n2', 'n4']).toContain(finder.next('n3', left('n3')));
  // Nothing is left on this bank: over the bridge, its nearest door first.
  expect(finder.next('n5', left('n1', 'n2', 'n3', 'n4', 'n5'))).toBe('s5');
});

test('doors that were passed over on the way out are done on the way back', () => {
  const finder = new WayFinder(doors, streets);
  const south = ['s1', 's2', 's3', 's4', 's5'];
  expect(finder.next('n5', left('n1', 'n3', 'n5', ...south))).toBe('n4');
});

test('without streets they are made up, without places nothing is known', () => {
  expect(new WayFinder(doors, { features: [] }).next('n1', left('n1'))).toBe('n2');
  const lost = doors.map((door) => ({ ...door, lon: null, lat: null }));
  expect(new WayFinder(lost, streets).next('n1', left('n1'))).toBeNull();
  expect(new WayFinder(doors, streets).next('n1', [])).toBeNull();
});
