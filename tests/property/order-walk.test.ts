import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearestStops } from '#shared/streets/nearest-stops.ts';
import { placeStops } from '#shared/streets/place-stops.ts';
import { stopMatrix } from '#shared/streets/stop-matrix.ts';
import { nextDoor } from '#shared/walk/next-door.ts';
import { orderWalk, type WalkOptions } from '#shared/walk/order-walk.ts';
import { lengthOf, solveTour } from '#shared/walk/solve-tour.ts';
import { TOUR_MODES } from '#shared/walk/tour-mode.ts';
import { GRID, someDoors } from './walk-harness.ts';

const options: fc.Arbitrary<WalkOptions> = fc
  .record({
    streets: fc.boolean(),
    comeBack: fc.boolean(),
    oneSide: fc.boolean(),
    start: fc.option(fc.constant([-49.998, 42.002] as const), { nil: undefined }),
    seed: fc.integer({ min: 0, max: 9 }),
  })
  .map(({ streets, start, ...rest }) => ({
    ...rest,
    kicks: 60,
    ...(streets ? { network: GRID } : {}),
    ...(start ? { start } : {}),
  }));

test('a walk visits each door once, in whatever order they come, and no door is nearer than its bound', () => {
  fc.assert(
    fc.property(someDoors(40), options, fc.integer(), (doors, how, turn) => {
      const walk = orderWalk(doors, how);
      expect([...walk.order].sort()).toEqual(doors.map(({ id }) => id).sort());
      expect(walk.lowerBound).toBeLessThanOrEqual(walk.length);
      expect(walk.stops.every((stop, i) => i === 0 || stop - (walk.stops[i - 1] ?? 0) <= 1)).toBe(
        true,
      );
      const at = doors.length === 0 ? 0 : Math.abs(turn) % doors.length;
      const turned = [...doors.slice(at), ...doors.slice(0, at)];
      expect(orderWalk(turned, how)).toEqual(walk);
    }),
    { numRuns: 60 },
  );
});

test('one more door never makes the walk shorter than the bound of the walk before', () => {
  fc.assert(
    fc.property(someDoors(30), options, (doors, how) => {
      const all = orderWalk(doors, how);
      const fewer = orderWalk(doors.slice(1), how);
      // Ways on streets obey the triangle, but tenths of metres are rounded on the way.
      expect(all.length).toBeGreaterThanOrEqual(fewer.lowerBound - 0.2 * doors.length - 1e-6);
    }),
    { numRuns: 60 },
  );
});

const matrices = fc.integer({ min: 0, max: 22 }).chain((count) =>
  fc
    .array(fc.integer({ min: 0, max: 500 }), { minLength: count ** 2, maxLength: count ** 2 })
    .map((cells) => {
      const metres = Float64Array.from(cells);
      for (let i = 0; i < count; i++) {
        for (let j = 0; j <= i; j++) {
          metres[i * count + j] = i === j ? 0 : (metres[j * count + i] as number);
        }
      }
      return { count, metres };
    }),
);

test('any distances give an order that is not longer than the one they came in, its ends in their places', () => {
  fc.assert(
    fc.property(matrices, fc.constantFrom(...TOUR_MODES), ({ count, metres }, mode) => {
      const { order, length, lowerBound } = solveTour({ count, metres, mode, kicks: 40 });
      const given = Array.from({ length: count }, (_, i) => i);
      expect([...order].sort((a, b) => a - b)).toEqual(given);
      if (mode === 'start' || mode === 'ends') expect(order[0] ?? 0).toBe(0);
      if (mode === 'ends' && count > 1) expect(order.at(-1)).toBe(count - 1);
      expect(length).toBe(lengthOf(order, metres, count, mode === 'closed' && count > 1));
      expect(lowerBound).toBeLessThanOrEqual(length);
      if (count <= 11) {
        expect(lowerBound).toBe(length);
        expect(length).toBeLessThanOrEqual(lengthOf(given, metres, count, mode === 'closed'));
      }
    }),
    { numRuns: 120 },
  );
});

test('the nearest stops are those of the matrix, and ways are the same there and back', () => {
  fc.assert(
    fc.property(someDoors(25), (doors) => {
      const places = doors.flatMap(({ lon, lat, street = '', number = '' }) =>
        lon === null || lat === null ? [] : [{ lon, lat, street, number }],
      );
      const stops = placeStops(GRID, places);
      const n = places.length;
      const matrix = stopMatrix(
        GRID,
        stops,
        places.map((_, i) => i),
      );
      const near = nearestStops(GRID, stops, 4);
      for (let i = 0; i < n; i++) {
        const row = [...matrix.subarray(i * n, i * n + n)]
          .filter((_, j) => j !== i)
          .sort((a, b) => a - b);
        const found = [...near.metres.subarray(4 * i, 4 * i + 4)].filter(Number.isFinite);
        expect(found.length).toBe(Math.min(4, n - 1));
        found.forEach((metres, k) => expect(metres).toBeCloseTo(row[k] ?? NaN, 0));
      }
    }),
    { numRuns: 60 },
  );
});

test('the next door is one that is left, and none once all are done', () => {
  fc.assert(
    fc.property(someDoors(15), fc.integer({ min: 0, max: 15 }), (doors, gone) => {
      const done = new Set(doors.slice(0, gone).map(({ id }) => id));
      const next = nextDoor(doors, { done, at: [-49.999, 42.001] }, { network: GRID, kicks: 20 });
      if (done.size === doors.length) expect(next).toBeNull();
      else expect(doors.slice(gone).map(({ id }) => id)).toContain(next);
    }),
    { numRuns: 40 },
  );
});
