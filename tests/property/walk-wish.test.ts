import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildNetwork } from '#shared/streets/build-network.ts';
import { makeUpStreets } from '#shared/streets/make-up-streets.ts';
import { planeAround } from '#shared/streets/plane.ts';
import type { StreetNetwork } from '#shared/streets/street-network.ts';
import { finish } from '#shared/walk/finish.ts';
import type { WalkDoor } from '#shared/walk/group-stops.ts';
import { walkOn } from '#shared/walk/next-door.ts';
import { orderInParts } from '#shared/walk/order-in-parts.ts';
import { planWalk, type WalkPlanWish } from '#shared/walk/plan-walk.ts';
import { GRID, someDoors } from './walk-harness.ts';

const ids = (doors: readonly WalkDoor[]): string[] => doors.map(({ id }) => id).sort();

const ground: fc.Arbitrary<StreetNetwork | null> = fc.constantFrom(GRID, null);

/** A wish of these doors; a hand may name doors that are gone and leave out others. */
const wishOf = (doors: readonly WalkDoor[]): fc.Arbitrary<WalkPlanWish> =>
  fc.record({
    start: fc.option(fc.constant([-49.998, 42.002] as const), { nil: null }),
    comeBack: fc.boolean(),
    oneSide: fc.boolean(),
    byHand: fc.option(fc.shuffledSubarray([...doors.map(({ id }) => id), 'gone']), { nil: null }),
  });

const wished = someDoors(24).chain((doors) =>
  fc.record({ doors: fc.constant(doors), wish: wishOf(doors), network: ground }),
);

test('whatever is wished, a walk visits each door once and is not shorter than its bound', () => {
  fc.assert(
    fc.property(wished, ({ doors, wish, network }) => {
      const plan = finish(planWalk(doors, wish, network));
      expect([...plan.order].sort()).toEqual(ids(doors));
      expect(plan.lowerBound).toBeLessThanOrEqual(plan.length);
      expect(plan.metres).toBeLessThanOrEqual(plan.length + 1e-6);
      expect(plan.stops.every((stop, i) => stop - (plan.stops[i - 1] ?? 0) <= 1)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('a hand’s order is kept, and what it did not name goes in between', () => {
  fc.assert(
    fc.property(wished, ({ doors, wish, network }) => {
      const plan = finish(planWalk(doors, wish, network));
      if (wish.byHand === null) return;
      const known = new Set(doors.map(({ id }) => id));
      const named = wish.byHand.filter((id) => known.has(id));
      expect(plan.order.filter((id) => named.includes(id))).toEqual(named);
    }),
    { numRuns: 60 },
  );
});

test('one more door never makes a wished walk shorter than the bound of the walk before', () => {
  fc.assert(
    fc.property(wished, ({ doors, wish, network }) => {
      const all = finish(planWalk(doors, wish, network));
      const fewer = finish(planWalk(doors.slice(1), wish, network));
      // A hand may lead any way; tenths of metres are rounded on the way.
      expect(all.length).toBeGreaterThanOrEqual(fewer.lowerBound - 0.2 * doors.length - 1e-6);
    }),
    { numRuns: 60 },
  );
});

test('a walk in parts visits each door once, the same for any order of the doors', () => {
  fc.assert(
    fc.property(someDoors(40), ground, fc.nat(), (doors, network, turn) => {
      const options = { kicks: 10, ...(network === null ? {} : { network }) };
      const walk = finish(orderInParts(doors, options));
      expect([...walk.order].sort()).toEqual(ids(doors));
      const at = doors.length === 0 ? 0 : turn % doors.length;
      const turned = [...doors.slice(at), ...doors.slice(0, at)];
      expect(finish(orderInParts(turned, options)).order).toEqual(walk.order);
    }),
    { numRuns: 40 },
  );
});

test('the rest of a walk from a door holds what is left, and not that door', () => {
  fc.assert(
    fc.property(someDoors(15), fc.nat(), fc.nat(), (doors, gone, where) => {
      const here = doors[doors.length === 0 ? 0 : where % doors.length];
      if (here === undefined) return;
      const done = new Set([here.id, ...doors.slice(0, gone % doors.length).map(({ id }) => id)]);
      const { order } = walkOn(doors, { done, at: here.id }, { network: GRID, kicks: 20 });
      expect([...order].sort()).toEqual(ids(doors).filter((id) => !done.has(id)));
    }),
    { numRuns: 40 },
  );
});

test('streets can be made up of any houses', () => {
  const houses = fc.array(
    fc.record({
      lon: fc.integer({ min: 0, max: 4000 }).map((step) => -50 + step / 1e6),
      lat: fc.integer({ min: 0, max: 4000 }).map((step) => 42 + step / 1e6),
      street: fc.constantFrom('', 'Elm St', 'Elm Street', 'Oak Ave'),
      number: fc.constantFrom('', '1', '2', '15', '16', '240', 'x'),
    }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(houses, (places) => {
      const plane = planeAround(-50, 42);
      const streets = makeUpStreets(places, plane);
      expect(makeUpStreets(places.toReversed(), plane)).toEqual(streets);
      const { segments } = buildNetwork(streets, { plane });
      expect([...segments.metres].every((metres) => metres > 0)).toBe(true);
    }),
    { numRuns: 60 },
  );
});
