import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BuildingId } from '#shared/kernel/ids.ts';
import type { Building } from '#shared/model/door.ts';
import { readHouseNumber, sideOf } from '#shared/walk/house-number.ts';
import { compareNatural } from '#shared/walk/natural-order.ts';
import { orderDoors } from '#shared/walk/order-doors.ts';
import { compareUnits } from '#shared/walk/order-units.ts';

const number = fc.oneof(
  fc.integer({ min: 0, max: 60 }).map(String),
  fc.constantFrom('', '12A', '12 1/2', '12-14', '0012', 'Rear', '9007199254740993'),
);
const unit = fc.oneof(
  fc.constantFrom('', '1', '2', '10', '3A', '12A', 'PH', 'BSMT', 'apt 3', 'é', 'A-2'),
  fc.string({ maxLength: 4 }),
);
const buildings = fc.uniqueArray(
  fc.record({
    id: fc.uuid().map((id) => id as BuildingId),
    number,
    street: fc.constantFrom('Elm St', 'ELM ST', 'Elm St W', '2nd St', '10th St', ''),
    city: fc.constantFrom('Larkfield', 'Ashby'),
    zip: fc.constant('00042'),
    lon: fc.constant(null),
    lat: fc.constant(null),
    precinct: fc.constant(null),
  }),
  { selector: ({ id }) => id, minLength: 1, maxLength: 30 },
);
const town = buildings.chain((list) =>
  fc.record({
    buildings: fc.constant<readonly Building[]>(list),
    doors: fc.uniqueArray(
      fc.record({ id: fc.uuid(), buildingId: fc.constantFrom(...list.map(({ id }) => id)), unit }),
      { selector: ({ id }) => id, maxLength: 60 },
    ),
  }),
);

test('no door is lost or doubled, and the order of the input does not matter', () => {
  fc.assert(
    fc.property(town, fc.integer(), ({ buildings: houses, doors }, turn) => {
      const order = orderDoors(doors, houses).map(({ id }) => id);
      expect([...order].sort()).toEqual(doors.map(({ id }) => id).sort());
      const cut = doors.length === 0 ? 0 : Math.abs(turn) % doors.length;
      const shuffled = [...doors.slice(cut), ...doors.slice(0, cut)].reverse();
      expect(orderDoors(shuffled, [...houses].reverse()).map(({ id }) => id)).toEqual(order);
    }),
  );
});

/** How often a list goes back to something that it had left. */
function returns(list: readonly string[]): number {
  const runs = list.filter((item, i) => item !== list[i - 1]);
  return runs.length - new Set(runs).size;
}

test('the units of a building stay together, and a side of a street is walked in one go', () => {
  fc.assert(
    fc.property(town, ({ buildings: houses, doors }) => {
      const order = orderDoors(doors, houses);
      expect(returns(order.map(({ buildingId }) => buildingId))).toBe(0);
      const sides = order.map(({ buildingId }) => {
        const house = houses.find(({ id }) => id === buildingId);
        const side = sideOf(readHouseNumber(house?.number ?? ''));
        return `${house?.street.toUpperCase()}|${house?.city}|${side}`;
      });
      expect(returns(sides)).toBe(0);
    }),
  );
});

test('numbers rise on the odd side and fall on the even side', () => {
  fc.assert(
    fc.property(town, ({ buildings: houses, doors }) => {
      const stops = orderDoors(doors, houses).map(({ buildingId }) => {
        const house = houses.find(({ id }) => id === buildingId);
        const read = readHouseNumber(house?.number ?? '');
        const key = `${house?.street.toUpperCase()}|${house?.city}`;
        return { number: read.number, side: sideOf(read), key };
      });
      for (const [i, stop] of stops.entries()) {
        const before = stops[i - 1];
        if (!before || before.key !== stop.key || before.side !== stop.side) continue;
        if (stop.side === 'odd') expect(stop.number).toBeGreaterThanOrEqual(before.number);
        if (stop.side === 'even') expect(stop.number).toBeLessThanOrEqual(before.number);
      }
    }),
  );
});

for (const [name, compare] of [
  ['compareNatural', compareNatural],
  ['compareUnits', compareUnits],
] as const) {
  test(`${name} is a total order`, () => {
    fc.assert(
      fc.property(unit, unit, unit, (a, b, c) => {
        expect(compare(a, b) === 0).toBe(a === b);
        expect(Math.sign(compare(a, b)) + Math.sign(compare(b, a))).toBe(0);
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });
}
