import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Position } from '#shared/model/geojson.ts';
import { seededDice } from '#shared/kernel/random.ts';
import { readStreets } from '#shared/streets/read-streets.ts';
import type { Cut, CutDoor, CutOptions } from '#shared/turf/cut/cut.ts';
import { cutTurfs } from '#shared/turf/cut/cut-turfs.ts';

/** Enough to try everything, little enough for a test. */
const EFFORT = 0.01;

const degrees = (metres: number): number => metres / 111_320;

/** A town of blocks of 100 m: houses along its streets, some buildings with many doors. */
const town = fc
  .record({
    seed: fc.integer({ min: 0, max: 1e6 }),
    doors: fc.integer({ min: 1, max: 120 }),
    blocks: fc.integer({ min: 1, max: 6 }),
    large: fc.double({ min: 0, max: 0.1, noNaN: true }),
    placeless: fc.double({ min: 0, max: 0.1, noNaN: true }),
  })
  .map(({ seed, doors, blocks, large, placeless }) => {
    const dice = seededDice(seed);
    const found: CutDoor[] = [];
    while (found.length < doors) {
      const street = dice.whole(0, blocks);
      const along = dice.whole(0, blocks * 100);
      const number = along * 2 + dice.whole(0, 1);
      const units = dice.chance(large) ? dice.whole(2, 40) : 1;
      const nowhere = dice.chance(placeless);
      const building = `${street}-${number}`;
      for (let unit = 0; unit < units; unit++) {
        found.push({
          id: `${building}-${found.length}`,
          lon: nowhere ? null : degrees(along),
          lat: nowhere ? NaN : degrees(street * 100 + (number % 2 === 0 ? 8 : -8)),
          building,
          street: `${street} St`,
          number: String(number),
          unit: units > 1 ? String(unit + 1) : '',
          precinct: along < blocks * 50 ? '1' : '2',
        });
      }
    }
    return { doors: found, blocks };
  });

function streetsOf(blocks: number): ReturnType<typeof readStreets>['streets'] {
  const line = (name: string, coordinates: Position[]) => ({
    type: 'Feature',
    properties: { street: name, cls: 'residential' },
    geometry: { type: 'LineString', coordinates },
  });
  const far = degrees(blocks * 100);
  const at = (i: number): number => degrees(i * 100);
  const features = Array.from({ length: blocks + 1 }, (_, i) => [
    line(`${i} St`, [[0, at(i)] as const, [far, at(i)] as const]),
    line(`${i} Ave`, [[at(i), 0] as const, [at(i), far] as const]),
  ]).flat();
  return readStreets({ features }).streets;
}

function cutOf(doors: readonly CutDoor[], options: CutOptions): Cut {
  const cut = cutTurfs(doors, { effort: EFFORT, ...options });
  if (!cut.ok) throw new Error(cut.problem.code);
  return cut.value;
}

const asked = fc.record({
  size: fc.integer({ min: 1, max: 60 }),
  wholePrecincts: fc.boolean(),
  withStreets: fc.boolean(),
  inMinutes: fc.boolean(),
});

test('each door is in one turf or left out for a reason; no building is in two unless it is far bigger', () => {
  fc.assert(
    fc.property(
      town,
      asked,
      ({ doors, blocks }, { size, wholePrecincts, withStreets, inMinutes }) => {
        const cut = cutOf(doors, {
          size: inMinutes ? 3 * size : size,
          measure: inMinutes ? 'minutes' : 'households',
          wholePrecincts,
          ...(withStreets ? { streets: streetsOf(blocks) } : {}),
        });
        const told = [...cut.turfs.flatMap((turf) => turf.doors), ...cut.uncut.map(({ id }) => id)];
        expect(told.sort()).toEqual(doors.map(({ id }) => id).sort());
        const byId = new Map(doors.map((door) => [door.id, door]));
        for (const { id } of cut.uncut) expect(byId.get(id)?.lon).toBe(null);
        const home = new Map<string, number>();
        cut.turfs.forEach((turf, i) => {
          expect(turf.doors.length).toBeGreaterThan(0);
          const buildings = new Set(turf.doors.map((id) => byId.get(id)?.building ?? ''));
          if (turf.why.includes('floors')) {
            expect(buildings.size).toBe(1);
            return;
          }
          for (const building of buildings) {
            expect(home.get(building) ?? i).toBe(i);
            home.set(building, i);
          }
          // Outside of the window only with a word about it.
          const load = inMinutes ? turf.minutes : turf.households;
          const fits = load >= cut.window.low && load <= cut.window.high;
          if (!fits) expect(turf.why.join()).not.toBe('');
          if (!wholePrecincts || turf.why.includes('big-building')) return;
          const precincts = new Set(turf.doors.map((id) => byId.get(id)?.precinct));
          expect(precincts.size).toBe(1);
        });
      },
    ),
    { numRuns: 12 },
  );
});

test('the same doors in another order and with the same seed give the same cut', () => {
  fc.assert(
    fc.property(town, fc.integer({ min: 0, max: 9 }), ({ doors, blocks }, seed) => {
      const options = { size: 20, seed, streets: streetsOf(blocks) };
      const shuffled = [...doors];
      const dice = seededDice(seed + 7);
      for (let i = shuffled.length - 1; i > 0; i--) {
        const j = dice.whole(0, i);
        [shuffled[i], shuffled[j]] = [shuffled[j] as CutDoor, shuffled[i] as CutDoor];
      }
      expect(cutOf(shuffled, options)).toEqual(cutOf(doors, options));
    }),
    { numRuns: 6 },
  );
});

test('where doors are single and plenty, every turf is of the size that was asked for', () => {
  const single = fc.record({ seed: fc.nat(1e6), turfs: fc.integer({ min: 4, max: 8 }) });
  fc.assert(
    fc.property(single, ({ seed, turfs }) => {
      const dice = seededDice(seed);
      const doors = Array.from({ length: turfs * 20 }, (_, i): CutDoor => ({
        id: String(i),
        lon: degrees(dice.next() * 600),
        lat: degrees(dice.next() * 600),
      }));
      const cut = cutOf(doors, { size: 20, tolerance: 0.1, effort: 0.1 });
      expect(cut.turfs.length).toBe(turfs);
      for (const turf of cut.turfs) expect(Math.abs(turf.households - 20)).toBeLessThanOrEqual(2);
    }),
    { numRuns: 8 },
  );
});

test('a part cut anew leaves the doors of other turfs, and their buildings, where they are', () => {
  fc.assert(
    fc.property(town, ({ doors }) => {
      const locked = new Set(doors.filter((_, i) => i % 3 === 0).map(({ id }) => id));
      const cut = cutOf(doors, { size: 20, locked });
      const taken = new Set(doors.filter(({ id }) => locked.has(id)).map((door) => door.building));
      const byId = new Map(doors.map((door) => [door.id, door]));
      const moved = cut.turfs.flatMap((turf) =>
        turf.doors.filter((id) => taken.has(byId.get(id)?.building)),
      );
      expect(moved).toEqual([]);
    }),
    { numRuns: 10 },
  );
});
