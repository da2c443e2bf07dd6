import { expect, test } from 'vitest';
import type { BuildingId } from '#shared/kernel/ids.ts';
import type { Turf } from '#shared/model/turf.ts';
import type { UniverseDoors } from '#shared/model/universe.ts';
import { keptAtFirst, wishOf } from '#shared/turf/plan/keep-wish.ts';
import { moveDoors } from '#shared/turf/plan/move-doors.ts';
import { planDoorsOf } from '#shared/turf/plan/plan-doors.ts';
import type { Plan } from '#shared/turf/plan/plan.ts';
import { renameTurf } from '#shared/turf/plan/rename-turf.ts';
import { startPlan } from '#shared/turf/plan/start-plan.ts';
import { layOver } from './lay-over.ts';

const ids = ['a', 'b', 'c', 'd'] as unknown as readonly BuildingId[];

/** Four houses in a row; `turf` says which turf, by its index, each is in. */
function columnsOf(turf: readonly number[]): UniverseDoors {
  const each = <T>(value: (i: number) => T): T[] => ids.map((_, i) => value(i));
  return {
    buildings: ids,
    label: each(String),
    lon: each((i) => i * 0.001),
    lat: each(() => 42),
    doors: each(() => 1),
    people: each(() => 2),
    turfs: ['t1', 't2'] as unknown as UniverseDoors['turfs'],
    turf,
    position: each((i) => i + 1),
    street: each(() => 'Elm St'),
    number: each(String),
    precinct: each(() => -1),
    precincts: [],
    units: [],
    shared: [],
  };
}

const turfsOf = (version: number): Turf[] =>
  ['t1', 't2'].map(
    (id) =>
      ({
        id,
        name: id,
        hue: 0,
        state: 'draft',
        version,
        outline: { type: 'Polygon', coordinates: [] },
        about: null,
      }) as unknown as Turf,
  );

const held = (plan: Plan): Record<string, readonly number[]> =>
  Object.fromEntries(plan.turfs.map(({ key, order }) => [key, [...order].sort((a, b) => a - b)]));

const columns = columnsOf([0, 0, 1, -1]);
const doors = planDoorsOf(columns);
const start = startPlan(doors, columns, turfsOf(1));

function change(plan: Plan, ...edits: readonly ((plan: Plan) => ReturnType<typeof renameTurf>)[]) {
  return edits.reduce((now, edit) => {
    const edited = edit(now);
    if (!edited.ok) throw new Error(edited.problem.code);
    return edited.value;
  }, plan);
}

test('work survives a reload of the same plan whole', () => {
  const mine = change(start, (plan) => moveDoors(plan, doors, [3], 't2'));
  const work = wishOf(keptAtFirst(start, turfsOf(1)), mine, doors);
  const again = work && layOver(start, doors, work, new Set());
  expect(again && held(again)).toEqual(held(mine));
  expect(again?.uncut).toEqual(mine.uncut);
});

test('a turf that somebody else changed is theirs; a door that they took is not in two turfs', () => {
  const mine = change(
    start,
    (plan) => renameTurf(plan, 't1', 'Mine'),
    (plan) => moveDoors(plan, doors, [3], 't2'),
  );
  const work = wishOf(keptAtFirst(start, turfsOf(1)), mine, doors);
  // Meanwhile they gave the fourth house to the first turf.
  const theirs = columnsOf([0, 0, 1, 0]);
  const now = startPlan(doors, theirs, turfsOf(2));
  const laid = work && layOver(now, doors, work, new Set(['t1']));
  expect(laid && held(laid)).toEqual({ t1: [0, 1, 3], t2: [2] });
  expect(laid?.turfs[0]?.name).toBe('t1');
  expect(laid?.uncut.doors).toBe(0);
});
