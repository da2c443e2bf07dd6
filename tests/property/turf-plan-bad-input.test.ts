import { expect, test } from 'vitest';
import type { Result } from '#shared/kernel/result.ts';
import type { Polygon, Position } from '#shared/model/geojson.ts';
import { drawTurf } from '#shared/turf/plan/draw-turf.ts';
import { mergeTurfs } from '#shared/turf/plan/merge-turfs.ts';
import { moveDoors } from '#shared/turf/plan/move-doors.ts';
import { planDoorsOf } from '#shared/turf/plan/plan-doors.ts';
import type { Plan, PlanDoors } from '#shared/turf/plan/plan.ts';
import { removeTurfs } from '#shared/turf/plan/remove-turfs.ts';
import { renameTurf } from '#shared/turf/plan/rename-turf.ts';
import { reshapeTurf } from '#shared/turf/plan/reshape-turf.ts';
import { splitTurf } from '#shared/turf/plan/split-turf.ts';
import { takePrecinct } from '#shared/turf/plan/take-precinct.ts';
import { box, columnsAt, emptyPlan, line } from './plan-harness.ts';

/** A street of ten houses, 20 m from each other. */
const STREET = planDoorsOf(
  columnsAt(Array.from({ length: 10 }, (_, i) => [i * 20, 0, 1] as const)),
);

function planOf(doors: PlanDoors, ...turfs: readonly (readonly [string, Polygon])[]): Plan {
  return turfs.reduce(
    (plan, [key, outline]) => must(drawTurf(plan, doors, { key, name: key, outline })),
    emptyPlan(doors),
  );
}

function must(result: Result<Plan>): Plan {
  if (!result.ok) throw new Error(result.problem.code);
  return result.value;
}

const sorted = (order: readonly number[]): number[] => [...order].sort((a, b) => a - b);

const codeOf = (result: Result<Plan>): string => (result.ok ? 'done' : result.problem.code);

const ring = (...corners: readonly Position[]): Polygon => ({
  type: 'Polygon',
  coordinates: [corners],
});

const circle = (corners: number): Polygon => {
  const at = (i: number): Position => {
    const angle = ((i % corners) / corners) * 2 * Math.PI;
    return [Math.cos(angle) * 0.01, Math.sin(angle) * 0.01];
  };
  return ring(...Array.from({ length: corners + 1 }, (_, i) => at(i)));
};

test('an outline that is none is refused with its reason, by drawing and by reshaping', () => {
  const plan = planOf(STREET, ['A', box(-5, -5, 50, 5)]);
  const hole = [...box(-5, -5, 300, 5).coordinates, ...box(30, -1, 40, 1).coordinates];
  const bad: readonly [string, Polygon][] = [
    ['outline-crosses', ring([0, 0], [0.01, 0.01], [0.01, 0], [0, 0.01], [0, 0])],
    ['outline-holes', { type: 'Polygon', coordinates: hole }],
    ['outline-too-many', circle(10_000)],
    ['outline-off-map', ring([0, 0], [NaN, 0], [0, 1], [0, 0])],
    ['outline-off-map', ring([0, 0], [1, 0], [0, 91], [0, 0])],
    ['outline-open', ring([0, 0], [1, 0], [0, 1], [1, 1])],
    ['outline-too-few', ring()],
    ['outline-too-few', { type: 'Polygon', coordinates: [] }],
    ['turf-empty', box(0, 1000, 50, 1100)],
  ];
  for (const [code, outline] of bad) {
    expect(codeOf(drawTurf(plan, STREET, { key: 'B', name: 'B', outline }))).toBe(code);
    expect(codeOf(reshapeTurf(plan, STREET, 'A', outline))).toBe(code);
  }
});

test('what others hold stays theirs; an outline with nothing else inside names them', () => {
  const plan = planOf(STREET, ['A', box(-5, -5, 50, 5)]);
  const outline = box(-5, -5, 45, 5);
  expect(drawTurf(plan, STREET, { key: 'B', name: 'B', outline })).toEqual({
    ok: false,
    problem: { code: 'building-in-two-turfs', facts: { turfs: 'A' } },
  });
  const both = must(drawTurf(plan, STREET, { key: 'B', name: 'B', outline: box(30, -5, 90, 5) }));
  expect(both.turfs.map(({ order }) => sorted(order))).toEqual([
    [0, 1, 2],
    [3, 4],
  ]);
});

test('houses on both sides of the date line are one turf, drawn from either side of the map', () => {
  const doors = planDoorsOf(
    columnsAt(
      [-40, -20, 0, 20, 40].map((x) => [x, 0, 1] as const),
      180,
    ),
  );
  const drawn = box(-30, -5, 30, 5, 180);
  for (const outline of [drawn, box(-30, -5, 30, 5, -180)]) {
    const plan = must(drawTurf(emptyPlan(doors), doors, { key: 'A', name: 'A', outline }));
    expect(sorted(plan.turfs[0]?.order ?? [])).toEqual([1, 2, 3]);
    const lons = plan.turfs[0]?.outline.coordinates.flat(3).filter((_, i) => i % 2 === 0) ?? [];
    expect(lons.every((lon) => Math.abs(lon) <= 180)).toBe(true);
    const moved = must(moveDoors(plan, doors, [0, 4], 'A'));
    expect(moved.turfs[0]?.about?.minutes).toBeLessThan(60);
  }
});

test('doors that are all at one point are drawn and moved, and no line splits them', () => {
  const doors = planDoorsOf(columnsAt(Array.from({ length: 9 }, () => [10, 10, 2] as const)));
  const plan = planOf(doors, ['A', box(0, 0, 20, 20)]);
  expect(plan.turfs[0]?.counts).toMatchObject({ buildings: 9, doors: 18 });
  const split = splitTurf(plan, doors, 'A', line(10, 0, 10, 20), { key: 'B', name: 'B' });
  expect(codeOf(split)).toBe('split-misses');
  const moved = must(moveDoors(plan, doors, [1, 2], { key: 'B', name: 'B' }));
  expect(moved.turfs.map(({ counts }) => counts.doors)).toEqual([14, 4]);
});

test('two cities 500 km apart are planned together, and never merged', () => {
  const far = 500_000;
  const doors = planDoorsOf(columnsAt([0, 20, far, far + 20].map((x) => [x, 0, 1] as const)));
  const plan = planOf(doors, ['A', box(-5, -5, 25, 5)], ['B', box(far - 5, -5, far + 25, 5)]);
  expect(plan.turfs.map(({ order }) => sorted(order))).toEqual([
    [0, 1],
    [2, 3],
  ]);
  expect(mergeTurfs(plan, doors, ['A', 'B'])).toMatchObject({
    problem: { code: 'turfs-apart', facts: { turf: 'B' } },
  });
  expect(must(moveDoors(plan, doors, [2], 'A')).turfs[0]?.about?.minutes).toBeGreaterThan(1000);
});

test('a line that misses, that has no length or is no number, splits nothing', () => {
  const plan = planOf(STREET, ['A', box(-5, -5, 190, 5)]);
  const made = { key: 'B', name: 'B' };
  const split = (...at: Parameters<typeof line>): Result<Plan> =>
    splitTurf(plan, STREET, 'A', line(...at), made);
  expect(codeOf(split(0, 100, 100, 100))).toBe('split-misses');
  expect(codeOf(split(50, 0, 50, 0))).toBe('split-misses');
  expect(codeOf(split(NaN, 0, 50, 0))).toBe('split-misses');
  const halves = must(split(70, 90, 70, 80));
  expect(halves.turfs.map(({ order }) => sorted(order))).toEqual([
    [4, 5, 6, 7, 8, 9],
    [0, 1, 2, 3],
  ]);
});

test('a tower that is a turf by itself is split by its floors', () => {
  const doors = planDoorsOf(columnsAt([[0, 0, 21]]));
  const plan = planOf(doors, ['A', box(-9, -9, 9, 9)]);
  const made = { key: 'B', name: 'B' };
  const halves = must(splitTurf(plan, doors, 'A', line(500, 0, 500, 1), made));
  expect(halves.turfs.map(({ counts }) => counts)).toEqual([
    { buildings: 1, doors: 11, people: 11 },
    { buildings: 1, doors: 10, people: 10 },
  ]);
  expect(halves.turfs[1]?.units.get(0)?.[0]).toBe('12');
  const whole = must(mergeTurfs(halves, doors, ['A', 'B']));
  expect(whole.turfs.map(({ units }) => units.size)).toEqual([0]);
});

test('what is published, or not there, is neither merged nor taken from, and says its name', () => {
  const drawn = planOf(STREET, ['A', box(-5, -5, 50, 5)], ['B', box(55, -5, 110, 5)]);
  const turfs = drawn.turfs.map((turf) => ({ ...turf, fixed: turf.key === 'A' }));
  const plan = { ...drawn, turfs };
  const made = { key: 'C', name: 'C' };
  const refused: readonly Result<Plan>[] = [
    mergeTurfs(plan, STREET, ['B', 'A']),
    moveDoors(plan, STREET, [9], 'A'),
    moveDoors(plan, STREET, [0, 1], 'B'),
    reshapeTurf(plan, STREET, 'A', box(-5, -5, 90, 5)),
    splitTurf(plan, STREET, 'A', line(30, -9, 30, 9), made),
    removeTurfs(plan, STREET, ['B', 'A']),
    renameTurf(plan, 'A', 'Z'),
  ];
  for (const one of refused) {
    expect(one).toMatchObject({ problem: { code: 'turf-fixed', facts: { turf: 'A' } } });
  }
  // A lasso over both takes what may be taken.
  const lassoed = must(moveDoors(plan, STREET, [0, 1, 2, 3, 4, 5, 6], made));
  expect(lassoed.turfs.map(({ key, counts }) => [key, counts.doors])).toEqual([
    ['A', 3],
    ['C', 4],
  ]);
  expect(codeOf(mergeTurfs(plan, STREET, ['B', 'gone']))).toBe('not-found');
  expect(codeOf(mergeTurfs(plan, STREET, ['B', 'B']))).toBe('merge-needs-two');
  expect(codeOf(renameTurf(plan, 'B', '  '))).toBe('turf-name');
  expect(codeOf(takePrecinct(plan, STREET, 7, made))).toBe('turf-empty');
  expect(moveDoors(plan, STREET, [], 'B')).toMatchObject({ ok: true });
});

test('a turf takes at most as many doors as a phone carries', () => {
  const places = Array.from({ length: 60 }, (_, i) => [i * 5, 0, 100] as const);
  const doors = planDoorsOf(columnsAt(places));
  const outline = box(-5, -5, 400, 5);
  expect(drawTurf(emptyPlan(doors), doors, { key: 'A', name: 'A', outline })).toMatchObject({
    problem: { code: 'turf-too-large', facts: { doors: 6000, limit: 5000 } },
  });
});
