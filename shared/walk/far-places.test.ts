import { expect, test } from 'vitest';
import { buildNetwork } from '../streets/build-network.ts';
import { nearestStops } from '../streets/nearest-stops.ts';
import { placeStops } from '../streets/place-stops.ts';
import { planeAround } from '../streets/plane.ts';
import type { Street } from '../streets/street.ts';
import { streetsNear } from '../streets/streets-near.ts';
import { finish } from './finish.ts';
import type { WalkDoor } from './group-stops.ts';
import { orderInParts } from './order-in-parts.ts';
import { planWalk, SHORTEST } from './plan-walk.ts';

const door = (id: string, lon: number | null, lat: number | null): WalkDoor => ({ id, lon, lat });
const street = (name: string, ...line: [number, number][]): Street => ({
  name,
  kind: 'side',
  line,
  leftOdd: -1,
  rightOdd: -1,
});
const walk = (doors: readonly WalkDoor[], streets: readonly Street[], lon = 0, lat = 0) =>
  finish(
    planWalk(
      doors,
      SHORTEST,
      streets.length === 0 ? null : buildNetwork(streets, { plane: planeAround(lon, lat) }),
    ),
  );

test('doors in two cities are walked city by city, and the way between is called a guess', () => {
  const streets = [street('A', [0, 0], [0.002, 0]), street('B', [5, 0], [5.002, 0])];
  const doors = [door('b1', 5, 0), door('a1', 0, 0), door('b2', 5.001, 0), door('a2', 0.001, 0)];
  const plan = walk(doors, streets);
  expect(['a1a2b1b2', 'b2b1a2a1']).toContain(plan.order.join(''));
  expect(plan.guessed).toBe(2);
  const near = streetsNear(
    [...streets, street('Between', [2, 0], [3, 0])],
    doors.map(({ lon, lat }) => ({ lon: lon ?? 0, lat: lat ?? 0 })),
  );
  expect(near.map(({ name }) => name)).toEqual(['A', 'B']);
});

test('across the date line the neighbour is next door, not a world away', () => {
  const streets = [
    street('Line St', [179.999, -17], [180, -17]),
    street('Line St', [-180, -17], [-179.999, -17]),
  ];
  const doors = [
    door('west', 179.9995, -17),
    door('east', -179.9995, -17),
    door('far', 179.9991, -17),
  ];
  for (const plan of [walk(doors, streets, 180, -17), walk(doors, [], 180, -17)]) {
    expect(plan.metres).toBeLessThan(300);
    expect(['far west east', 'east west far']).toContain(plan.order.join(' '));
  }
  const places = doors.map(({ lon, lat }) => ({ lon: lon ?? 0, lat: lat ?? 0 }));
  expect(streetsNear(streets, places)).toHaveLength(2);
  expect(finish(orderInParts(doors)).length).toBeLessThan(300);
});

test('doors all at one point are one stop, and the way is nothing', () => {
  const doors = ['a', 'b', 'c'].map((id) => door(id, 1, 1));
  const plan = walk(doors, [], 1, 1);
  expect(plan.stops).toEqual([1, 1, 1]);
  expect([plan.metres, plan.length, plan.lowerBound]).toEqual([0, 0, 0]);
});

test('streets that nothing connects are walked to by a straight line, and that is said', () => {
  const streets = [street('A', [0, 0], [0.003, 0]), street('B', [0, 0.002], [0.001, 0.002])];
  const plan = walk([door('a', 0.0005, 0), door('b', 0.0005, 0.002), door('c', 0.002, 0)], streets);
  expect(plan.order).toHaveLength(3);
  expect(plan.guessed).toBe(1);
});

test('a turf on the streets of a second town is no guess, though nothing connects them with the first', () => {
  const streets = [street('Long', [0, 0], [0.01, 0]), street('Short', [5, 0], [5.002, 0])];
  const plan = walk([door('a', 5, 0.0001), door('b', 5.001, 0.0001)], streets);
  expect(plan.guessed).toBe(0);
});

test('doors without coordinates come last and are counted', () => {
  const plan = walk([door('lost', null, null), door('a', 0, 0), door('b', 0.001, 0)], []);
  expect(plan.order.at(-1)).toBe('lost');
  expect(plan.unplaced).toBe(1);
  const none = walk([door('lost', null, null)], []);
  expect([none.order, none.line, none.metres]).toEqual([['lost'], [], 0]);
});

test('no neighbour is nearer than nothing, at the very end of a street either', () => {
  const network = buildNetwork(
    [
      street('A', [0, 0], [0.00123456789, 0.00031415926]),
      street('B', [0.00123456789, 0.00031415926], [0.002, 0.0007]),
    ],
    { plane: planeAround(0.001, 0) },
  );
  const places = Array.from({ length: 40 }, (_, i) => ({
    lon: 0.0012 + i * 1e-5,
    lat: 0.0003 + i * 7e-6,
  }));
  const { metres } = nearestStops(network, placeStops(network, places), 8);
  expect(metres.every((far) => far >= 0)).toBe(true);
});
