import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Feature, LineString, Position } from '#shared/model/geojson.ts';
import { joinCutLines } from '#shared/streets/join-cut-lines.ts';
import { meetLines } from '#shared/streets/meet-lines.ts';

const EDGE = 0.001;

const line = (street: string, coordinates: readonly Position[]): Feature<LineString> => ({
  type: 'Feature',
  properties: { street },
  geometry: { type: 'LineString', coordinates },
});

/** A street from west to east, cut wherever a tile ends. */
function cutAtEdges(street: string, from: number, to: number, lat: number): Feature<LineString>[] {
  const cuts: number[] = [from];
  for (let edge = Math.floor(from / EDGE) + 1; edge * EDGE < to; edge++) cuts.push(edge * EDGE);
  cuts.push(to);
  return cuts.slice(1).map((end, at) =>
    line(street, [
      [cuts[at] ?? from, lat],
      [end, lat],
    ]),
  );
}

const streetAt = fc.record({
  from: fc.integer({ min: 0, max: 40 }),
  long: fc.integer({ min: 1, max: 60 }),
});

test('streets that tiles have cut are whole again, in whatever order and direction their parts lie', () => {
  fc.assert(
    fc.property(
      fc.array(streetAt, { minLength: 1, maxLength: 6 }),
      fc.infiniteStream(fc.boolean()),
      fc.integer(),
      (streets, flips, seed) => {
        const parts = streets.flatMap(({ from, long }, n) =>
          // Off the edges by half a cell, so that no street begins on one.
          cutAtEdges(`street ${n}`, (from + 0.5) * 1e-4, (from + long + 0.5) * 1e-4, n * 0.01),
        );
        const mixed = parts
          .map((part) => {
            const { coordinates } = part.geometry;
            const [flip] = flips.take(1);
            return line(
              String(part.properties['street']),
              flip === true ? coordinates.toReversed() : coordinates,
            );
          })
          .sort(
            (a, b) =>
              ((JSON.stringify(a).length * seed) % 7) - ((JSON.stringify(b).length * seed) % 7),
          );
        const whole = joinCutLines(mixed);
        expect(whole.length).toBe(streets.length);
        for (const { properties, geometry } of whole) {
          const n = Number(String(properties['street']).split(' ')[1]);
          const street = streets[n];
          if (street === undefined) throw new Error('a street of its own');
          const ends = [geometry.coordinates[0]?.[0] ?? 0, geometry.coordinates.at(-1)?.[0] ?? 0];
          expect(Math.min(...ends)).toBeCloseTo((street.from + 0.5) * 1e-4, 9);
          expect(Math.max(...ends)).toBeCloseTo((street.from + street.long + 0.5) * 1e-4, 9);
        }
      },
    ),
  );
});

test('three parts of one name that end at one place stay three', () => {
  const ends: Position[] = [
    [0.001, 0],
    [-0.001, 0],
    [0, 0.001],
  ];
  expect(joinCutLines(ends.map((end) => line('Fork', [[0, 0], end])))).toHaveLength(3);
});

test('streets that cross without a point in common have one, but a bridge has not', () => {
  const across = { name: 'Across', x: [-50, 50], y: [0, 0] };
  const up = { name: 'Up', x: [0, 0], y: [-50, 50] };
  const onGround = meetLines([
    { ...across, level: 0 },
    { ...up, level: 0 },
  ]);
  expect(onGround.map(({ x }) => x.length)).toEqual([3, 3]);
  const overpass = meetLines([
    { ...across, level: 0 },
    { ...up, level: 1 },
  ]);
  expect(overpass.map(({ x }) => x.length)).toEqual([2, 2]);
});

test('a street that ends just short of another ends on it, also at the foot of a bridge', () => {
  const met = meetLines([
    { name: 'Main', level: 0, x: [-50, 50], y: [0, 0] },
    { name: 'Ramp', level: 1, x: [10, 10], y: [0.4, 60] },
  ]);
  expect(met[0]?.x).toEqual([-50, 10, 50]);
});
