import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Polygon, Position } from '#shared/model/geojson.ts';
import { assignBuildings, isInOutline } from '#shared/turf/assign-buildings.ts';
import { checkOutline } from '#shared/turf/check-outline.ts';

const degree = (low: number, high: number): fc.Arbitrary<number> =>
  fc.integer({ min: low * 1e4, max: high * 1e4 }).map((n) => n / 1e4);
const place = fc.tuple(degree(-1, 1), degree(-1, 1));
const star = fc.array(degree(0.1, 1), { minLength: 3, maxLength: 60 }).map((radii): Polygon => {
  const ring = radii.map((radius, i): Position => {
    const turn = (2 * Math.PI * i) / radii.length;
    return [radius * Math.cos(turn), radius * Math.sin(turn)];
  });
  return { type: 'Polygon', coordinates: [[...ring, ring[0] as Position]] };
});

/** The plain even-odd rule over every edge, to compare with. */
function insidePlainly(x: number, y: number, [ring = []]: Polygon['coordinates']): boolean {
  let inside = false;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [[x1, y1], [x2, y2]] = [ring[i] as Position, ring[i + 1] as Position];
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
  }
  return inside;
}

test('the fast way finds what the plain way finds', () => {
  fc.assert(
    fc.property(star, fc.array(place, { maxLength: 80 }), (outline, places) => {
      const found = assignBuildings(
        { lon: places.map(([lon]) => lon), lat: places.map(([, lat]) => lat) },
        outline,
      );
      const plain = places.flatMap(([lon, lat], i) =>
        insidePlainly(lon, lat, outline.coordinates) ? [i] : [],
      );
      expect(found).toEqual(plain);
    }),
  );
});

test('an outline cut in two along a line assigns each building to exactly one part', () => {
  fc.assert(
    fc.property(place, place, fc.array(place, { maxLength: 60 }), ([a], [b], places) => {
      const part = (side: number): Polygon => ({
        type: 'Polygon',
        coordinates: [
          [
            [a, -2],
            [b, 2],
            [side, 2],
            [side, -2],
            [a, -2],
          ],
        ],
      });
      // The dividing line itself is full of places, which is where a rule goes wrong.
      const onLine = places.map(([, lat]): Position => [a + ((lat + 2) / 4) * (b - a), lat]);
      for (const [lon, lat] of [...places, ...onLine]) {
        const parts = [part(-3), part(3)].filter((outline) => isInOutline(lon, lat, outline));
        expect(parts).toHaveLength(1);
      }
    }),
  );
});

test('checking an outline twice says the same, and what passes is closed', () => {
  fc.assert(
    fc.property(star, (outline) => {
      const checked = checkOutline(outline);
      if (!checked.ok) return;
      expect(checkOutline(checked.value)).toEqual(checked);
      const ring = checked.value.coordinates[0] ?? [];
      expect(ring[0]).toEqual(ring.at(-1));
    }),
  );
});
