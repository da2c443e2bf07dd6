import { expect, test } from 'vitest';
import type { PlanTurf } from '#shared/turf/plan/plan.ts';
import { DoorShares } from '#shared/turf/plan/door-shares.ts';
import { changedTurfs, rememberHues, rememberList } from './plan-columns.ts';

const none = { buildings: 0, doors: 0, people: 0 };
const turf = (key: string, hue: number, order: readonly number[]): PlanTurf => ({
  key,
  name: key,
  hue,
  fixed: false,
  outline: { type: 'Polygon', coordinates: [] },
  order,
  units: new Map(),
  counts: none,
  about: null,
  onFoot: null,
});
const planOf = (...turfs: readonly PlanTurf[]) => ({
  turfs,
  shares: DoorShares.none(4),
  uncut: none,
});

test('a door that goes from one turf to another has its new colour, whichever turf is read first', () => {
  const hues = rememberHues();
  const [a, b] = [turf('a', 1, [0, 1]), turf('b', 2, [2])];
  expect([...hues(planOf(a, b), 4)]).toEqual([1, 1, 2, -1]);
  expect([...hues(planOf(turf('a', 1, [0]), turf('b', 2, [2, 1])), 4)]).toEqual([1, 2, 2, -1]);
  expect([...hues(planOf(a, b), 4)]).toEqual([1, 1, 2, -1]);
  expect([...hues(planOf(), 2)]).toEqual([-1, -1]);
});

test('what a drag leaves as it was is the same list, so that no map is drawn anew for it', () => {
  const hues = rememberHues();
  const [a, b] = [turf('a', 1, [0, 1]), turf('b', 2, [2])];
  const before = hues(planOf(a, b), 4);
  expect(hues(planOf(turf('a', 1, [1, 0]), b), 4)).toBe(before);
  expect(hues(planOf(turf('a', 1, [0]), b), 4)).not.toBe(before);
  const same = rememberList<PlanTurf>();
  const list = same([a, b]);
  expect(same([a, b])).toBe(list);
  expect(same([b])).toEqual([b]);
  expect(same([a, b])).not.toBe(list);
});

test('only turfs whose doors differ are changed, not those that were renamed', () => {
  const [a, b] = [turf('a', 1, [0, 1]), turf('b', 2, [2])];
  const renamed = { ...a, name: 'Elm Street' };
  expect(changedTurfs(planOf(a, b), planOf(renamed, turf('b', 2, [2, 3])))).toHaveLength(1);
});

test('what a stroke takes from five turfs is said before what each of them loses', () => {
  const sized = (key: string, doors: number, order: readonly number[]): PlanTurf => ({
    ...turf(key, 1, order),
    counts: { ...none, doors },
  });
  const before = planOf(sized('a', 45, [0]), sized('b', 45, [1]));
  const now = planOf(sized('a', 42, []), sized('b', 40, []), sized('new', 8, [0, 1]));
  expect(changedTurfs(before, now).map(({ key }) => key)).toEqual(['new', 'b', 'a']);
});
