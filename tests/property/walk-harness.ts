import * as fc from 'fast-check';
import { buildNetwork } from '#shared/streets/build-network.ts';
import { planeAround } from '#shared/streets/plane.ts';
import { readStreets } from '#shared/streets/read-streets.ts';
import type { StreetNetwork } from '#shared/streets/street-network.ts';
import type { WalkDoor } from '#shared/walk/group-stops.ts';

const grid = (): { readonly features: readonly unknown[] } => {
  const names = ['Ash', 'Birch', 'Cedar', 'Dogwood', 'Elm', 'Fir'];
  const line = (street: string, cls: string, coordinates: number[][]) => ({
    type: 'Feature',
    properties: { street, cls },
    geometry: { type: 'LineString', coordinates },
  });
  const at = (step: number) => -50 + step / 800;
  const up = (step: number) => 42 + step / 1000;
  const steps = names.map((_, step) => step);
  return {
    features: names.flatMap((name, i) => [
      line(
        `${name} St`,
        i === 2 ? 'secondary' : 'residential',
        steps.map((s) => [at(i), up(s)]),
      ),
      line(
        `${name} Ave`,
        i === 3 ? 'primary' : 'residential',
        steps.map((s) => [at(s), up(i)]),
      ),
    ]),
  };
};

/** Six streets across six avenues, one of each larger than the rest. */
export const GRID: StreetNetwork = buildNetwork(readStreets(grid()).streets, {
  plane: planeAround(-50, 42),
});

/** Doors in and around the grid; some share a place, some have none. */
export const someDoors = (most: number): fc.Arbitrary<readonly WalkDoor[]> =>
  fc
    .array(
      fc.record({
        lon: fc.option(fc.integer({ min: -200, max: 6600 }), { freq: 20 }),
        lat: fc.integer({ min: -200, max: 5300 }),
        number: fc.constantFrom('', '3', '8', '12A'),
        street: fc.constantFrom('', 'Elm St', 'Fir Avenue', 'Nowhere Ln'),
        unit: fc.constantFrom('', '2', 'PH'),
      }),
      { maxLength: most },
    )
    .map((list) =>
      list.map(({ lon, lat, ...rest }, index) => ({
        id: `d${index}`,
        lon: lon === null ? null : -50 + lon / 1e6,
        lat: lon === null ? null : 42 + lat / 1e6,
        ...rest,
      })),
    );
