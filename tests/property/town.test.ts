import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildTown } from '../../fixtures/town/build-town.ts';
import { crossing, isInside, pieces } from '../../fixtures/town/plane.ts';
import { doorsAt } from '../../fixtures/town/town.ts';
import { readLarkfield } from '../../fixtures/town/write-town.ts';

const larkfield = readLarkfield(
  fileURLToPath(new URL('../../fixtures/larkfield', import.meta.url)),
);

test('whatever its seed and size, a town has its doors, unique ids, precincts for all, and two bridges', () => {
  fc.assert(
    fc.property(
      fc.record({ seed: fc.nat(), doors: fc.integer({ min: 1300, max: 8000 }) }),
      (options) => {
        const town = buildTown(options, larkfield);
        const doors = town.addresses.reduce((sum, address) => sum + doorsAt(address), 0);
        expect(Math.abs(doors - options.doors) / options.doors).toBeLessThan(0.03);
        expect(new Set(town.addresses.map(({ id }) => id)).size).toBe(town.addresses.length);
        expect(new Set(town.segments.map(({ id }) => id)).size).toBe(town.segments.length);
        for (const { id, spot, building, wp } of town.addresses) {
          expect(wp, id).not.toBe('');
          if (spot !== null) expect(building && isInside(spot, building.box), id).toBe(true);
        }
        const banks = town.water.flatMap(({ ring }) => pieces(ring));
        const wet = town.segments.filter(({ path }) =>
          pieces(path).some(([a, b]) => banks.some(([c, d]) => crossing(a, b, c, d) !== null)),
        );
        expect(new Set(wet.map(({ way }) => way.street))).toEqual(
          new Set(['North St', 'Second St']),
        );
      },
    ),
    { numRuns: 4 },
  );
});
