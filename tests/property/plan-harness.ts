import fc from 'fast-check';
import { seededDice } from '#shared/kernel/random.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Polygon, Position } from '#shared/model/geojson.ts';
import type { UniverseDoors } from '#shared/model/universe.ts';
import { cutTurfs } from '#shared/turf/cut/cut-turfs.ts';
import { cutDoorsOf } from '#shared/turf/plan/cut-parts.ts';
import { DoorShares } from '#shared/turf/plan/door-shares.ts';
import { drawTurf, freeOf } from '#shared/turf/plan/draw-turf.ts';
import { countPart } from '#shared/turf/plan/holding.ts';
import { mergeTurfs } from '#shared/turf/plan/merge-turfs.ts';
import { moveDoors } from '#shared/turf/plan/move-doors.ts';
import { planDoorsOf } from '#shared/turf/plan/plan-doors.ts';
import type { Plan, PlanDoors } from '#shared/turf/plan/plan.ts';
import { removeTurfs } from '#shared/turf/plan/remove-turfs.ts';
import { renameTurf } from '#shared/turf/plan/rename-turf.ts';
import { replaceTurfs } from '#shared/turf/plan/replace-turfs.ts';
import { reshapeTurf } from '#shared/turf/plan/reshape-turf.ts';
import { splitTurf } from '#shared/turf/plan/split-turf.ts';
import { takePrecinct } from '#shared/turf/plan/take-precinct.ts';
import { uncutOf } from '#shared/turf/plan/uncut-of.ts';

const degrees = (metres: number): number => metres / 111_320;

/** Columns of buildings at places in metres around a longitude on the equator. */
export function columnsAt(
  places: readonly (readonly [x: number, y: number, doors: number])[],
  lon = 0,
): UniverseDoors {
  const lons = places.map(([x]) => {
    const at = lon + degrees(x);
    return at > 180 ? at - 360 : at;
  });
  return {
    buildings: places.map((_, i) => `b${i}`),
    label: places.map((_, i) => `${i} Elm St`),
    lon: lons,
    lat: places.map(([, y]) => degrees(y)),
    doors: places.map(([, , doors]) => doors),
    people: places.map(([, , doors], i) => doors + (i % 3)),
    turfs: [],
    turf: places.map(() => -1),
    position: places.map(() => 0),
    street: places.map(() => 'Elm St'),
    number: places.map((_, i) => String(i)),
    precinct: places.map((_, i) => (i % 7 === 0 ? -1 : i % 2)),
    precincts: ['1', '2'],
    units: places.flatMap(([, , doors], i): [number, string[]][] =>
      doors < 20 ? [] : [[i, Array.from({ length: doors }, (_, unit) => `${unit + 1}`)]],
    ),
    shared: [],
  };
}

/** Everything uncut. */
export function emptyPlan(doors: PlanDoors): Plan {
  const uncut = { buildings: 0, doors: 0, people: 0 };
  for (let i = 0; i < doors.n; i++) {
    const counts = countPart(doors, i, null);
    uncut.buildings += counts.buildings;
    uncut.doors += counts.doors;
    uncut.people += counts.people;
  }
  return { turfs: [], shares: DoorShares.none(doors.n), uncut };
}

/** A box in metres, west, south, east, north. */
export function box(west: number, south: number, east: number, north: number, lon = 0): Polygon {
  const at = (x: number, y: number): Position => [lon + degrees(x), degrees(y)];
  const corners = [at(west, south), at(east, south), at(east, north), at(west, north)];
  return { type: 'Polygon', coordinates: [[...corners, at(west, south)]] };
}

export const line = (x1: number, y1: number, x2: number, y2: number): [Position, Position] => [
  [degrees(x1), degrees(y1)],
  [degrees(x2), degrees(y2)],
];

/** A town of up to sixty buildings within 600 m, some of them towers. */
export const towns = fc
  .record({
    seed: fc.integer({ min: 0, max: 1e6 }),
    buildings: fc.integer({ min: 1, max: 60 }),
    towers: fc.double({ min: 0, max: 0.15, noNaN: true }),
  })
  .map(({ seed, buildings, towers }) => {
    const dice = seededDice(seed);
    const places = Array.from({ length: buildings }, (): [number, number, number] => [
      dice.whole(0, 12) * 50,
      dice.whole(0, 12) * 50,
      dice.chance(towers) ? dice.whole(20, 40) : dice.whole(1, 4),
    ]);
    return planDoorsOf(columnsAt(places));
  });

/** What somebody does next, as numbers that any plan can make something of. */
export const wishes = fc.array(
  fc.record({
    kind: fc.nat(9),
    a: fc.nat(20),
    b: fc.nat(20),
    x: fc.integer({ min: -50, max: 600 }),
    y: fc.integer({ min: -50, max: 600 }),
    wide: fc.integer({ min: 1, max: 500 }),
    high: fc.integer({ min: 1, max: 500 }),
  }),
  { maxLength: 14 },
);
type Wish = typeof wishes extends fc.Arbitrary<readonly (infer W)[]> ? W : never;

/** Does it; a wish that names a turf means one of those there are. `made` numbers new turfs. */
export function doWish(plan: Plan, doors: PlanDoors, wish: Wish, made: string): Result<Plan> {
  const { a, b, x, y, wide, high } = wish;
  const key = (at: number): string =>
    plan.turfs[at % Math.max(1, plan.turfs.length)]?.key ?? 'none';
  const outline = box(x, y, x + wide, y + high);
  const turf = { key: made, name: made };
  const some = Array.from({ length: (a % 9) + 1 }, (_, i) => (b * 7 + i * (1 + (a % 3))) % doors.n);
  const edits: readonly (() => Result<Plan>)[] = [
    () => drawTurf(plan, doors, { ...turf, outline }),
    () => reshapeTurf(plan, doors, key(a), outline),
    () => splitTurf(plan, doors, key(a), line(x, y, x + wide, y - high), turf),
    () => mergeTurfs(plan, doors, [key(a), key(b)]),
    () => moveDoors(plan, doors, some, key(a)),
    () => moveDoors(plan, doors, some, a % 2 === 0 ? null : turf),
    () => takePrecinct(plan, doors, a % 2, b % 2 === 0 ? turf : key(b)),
    () => removeTurfs(plan, doors, [key(a)]),
    () => renameTurf(plan, key(a), `Turf ${b}`),
    () => recut(plan, doors, b % 2 === 0 ? [] : [key(a)], 5 + a, made),
  ];
  const edit = edits[wish.kind];
  if (edit === undefined) throw new Error('There is no such edit.');
  return edit();
}

function recut(
  plan: Plan,
  doors: PlanDoors,
  keys: readonly string[],
  size: number,
  made: string,
): Result<Plan> {
  const cleared = removeTurfs(plan, doors, keys);
  if (!cleared.ok) return cleared;
  const free = freeOf(cleared.value, doors, uncutOf(cleared.value, doors));
  const cut = cutTurfs(cutDoorsOf(doors, free), { size, effort: 0.01 });
  if (!cut.ok) return cut;
  return replaceTurfs(plan, doors, keys, cut.value.turfs, (place) => ({
    key: `${made}-${place}`,
    name: `${made}-${place}`,
  }));
}
