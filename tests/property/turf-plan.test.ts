import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assignBuildings } from '#shared/turf/assign-buildings.ts';
import { countHolding, holdingOf } from '#shared/turf/plan/holding.ts';
import { noteEdit, redo, startHistory, undo } from '#shared/turf/plan/history.ts';
import { keptAfter, keptAtFirst, wishOf } from '#shared/turf/plan/keep-wish.ts';
import { planDoorsOf } from '#shared/turf/plan/plan-doors.ts';
import type { Plan, PlanDoors } from '#shared/turf/plan/plan.ts';
import { uncutPart } from '#shared/turf/plan/uncut-of.ts';
import { writeTurfs } from '#shared/turf/plan/write-turfs.ts';
import { columnsAt, doWish, emptyPlan, towns, wishes } from './plan-harness.ts';

/** Everything that is wrong with a plan: each door is in one turf or uncut, and numbers are true. */
function faultsOf(plan: Plan, doors: PlanDoors): string[] {
  const faults: string[] = [];
  const claim = (fine: boolean, fault: string): void => void (fine || faults.push(fault));
  const same = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);
  const held = new Map<number, (readonly string[] | null)[]>();
  for (const turf of plan.turfs) {
    const { key, counts, order, outline } = turf;
    claim(same(counts, countHolding(doors, holdingOf(turf))), `counts of ${key}`);
    claim(counts.doors > 0 && outline.coordinates.length > 0, `nothing in ${key}`);
    claim(new Set(order).size === order.length, `twice in ${key}`);
    for (const [index, part] of holdingOf(turf)) {
      held.set(index, [...(held.get(index) ?? []), part]);
      claim(plan.shares.at(index).includes(key), `${index} not known to be in ${key}`);
    }
  }
  const uncut = new Map<number, readonly string[] | null>();
  for (let index = 0; index < doors.n; index++) {
    const parts = held.get(index) ?? [];
    claim(plan.shares.at(index).length === parts.length, `turfs of ${index}`);
    const rest = uncutPart(plan, doors, index);
    if (rest?.length !== 0) uncut.set(index, rest);
    const all = doors.units.get(index) ?? [];
    const units = [...parts.flatMap((part) => part ?? []), ...(rest ?? all)];
    if (parts.includes(null)) claim(parts.length === 1 && same(rest ?? all, []), `all of ${index}`);
    else claim(same(units.sort(), [...all].sort()), `units of ${index}`);
  }
  claim(same(plan.uncut, countHolding(doors, uncut)), 'uncut');
  claim(new Set(plan.turfs.map(({ key }) => key)).size === plan.turfs.length, 'keys');
  return faults;
}

const show = (plan: Plan): string =>
  JSON.stringify([plan.turfs, plan.uncut, plan.turfs.map(({ units }) => [...units])]);

test('each door is in one turf or uncut after any edits; undo restores all of it, redo does it again', () => {
  fc.assert(
    fc.property(towns, wishes, (doors, list) => {
      let history = startHistory(emptyPlan(doors));
      const seen = [history.now];
      list.forEach((wish, i) => {
        const done = doWish(history.now, doors, wish, `n${i}`);
        const again = doWish(history.now, doors, wish, `n${i}`);
        expect(again.ok).toBe(done.ok);
        if (!done.ok || !again.ok) return;
        expect(show(again.value)).toBe(show(done.value));
        expect(faultsOf(done.value, doors)).toEqual([]);
        history = noteEdit(history, done.value, String(wish.kind));
        if (seen.at(-1) !== history.now) seen.push(history.now);
      });
      const shown = seen.map(show);
      for (let i = seen.length - 1; i > 0; i--) history = undo(history);
      expect(undo(history)).toEqual(history);
      expect(history.now).toBe(seen[0]);
      expect(history.now.uncut).toEqual(emptyPlan(doors).uncut);
      for (let i = 1; i < seen.length; i++) {
        history = redo(history);
        // The very plan of before, which no later edit has touched.
        expect(history.now).toBe(seen[i]);
        expect(show(history.now)).toBe(shown[i]);
      }
      expect(redo(history).future).toBe(null);
    }),
    { numRuns: 30 },
  );
});

test('no part of an outline is without a door of its turf, where its way leads past those of others', () => {
  const doors = planDoorsOf(columnsAt([0, 200, 60, 140].map((x) => [x, 0, 1] as const)));
  const turf = (key: string, indexes: readonly number[]) => {
    const holding = new Map(indexes.map((index) => [index, null]));
    return { key, name: key, hue: 1, holding };
  };
  const wished = [turf('A', [0, 1]), turf('B', [2]), turf('C', [3])];
  const { turfs } = writeTurfs(emptyPlan(doors), doors, wished);
  for (const { outline, order } of turfs) {
    const parts = outline.type === 'Polygon' ? [outline.coordinates] : outline.coordinates;
    expect(parts).toHaveLength(order.length);
    for (const coordinates of parts) {
      const inside = assignBuildings(doors, { type: 'Polygon', coordinates });
      expect(inside.filter((index) => order.includes(index))).toHaveLength(1);
    }
  }
});

test('whatever is done, a published turf keeps its doors, its name and its place', () => {
  fc.assert(
    fc.property(towns, wishes, wishes, (doors, first, then) => {
      let plan = emptyPlan(doors);
      const go = (list: typeof first, mark: string): void =>
        list.forEach((wish, i) => {
          const done = doWish(plan, doors, wish, `${mark}${i}`);
          if (done.ok) plan = done.value;
        });
      go(first, 'a');
      plan = { ...plan, turfs: plan.turfs.map((turf, i) => ({ ...turf, fixed: i % 2 === 0 })) };
      const fixed = plan.turfs.filter((turf) => turf.fixed);
      go(then, 'b');
      expect(plan.turfs.filter((turf) => turf.fixed)).toEqual(fixed);
      for (const turf of fixed) expect(plan.turfs).toContain(turf);
      expect(faultsOf(plan, doors)).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

test('what is sent brings the server to the plan, also after undo, and then nothing is left to send', () => {
  fc.assert(
    fc.property(towns, wishes, fc.array(fc.nat(5), { maxLength: 14 }), (doors, list, sends) => {
      let history = startHistory(emptyPlan(doors));
      let kept = keptAtFirst(history.now, []);
      const server = new Map<string, { version: number; doors: string }>();
      const send = (): void => {
        const wish = wishOf(kept, history.now, doors);
        if (wish === null) return;
        for (const { id, version } of wish.removed) {
          expect(server.get(id)?.version).toBe(version);
          server.delete(id);
        }
        const turfs = wish.turfs.map((turf) => {
          expect(server.get(turf.id)?.version ?? 0).toBe(turf.version);
          const version = turf.version + 1;
          server.set(turf.id, { version, doors: JSON.stringify([turf.buildings, turf.towers]) });
          return { id: turf.id, version };
        });
        const answer = { turfs, leftOut: 0 } as unknown as Parameters<typeof keptAfter>[3];
        kept = keptAfter(kept, wish, history.now, answer);
        expect(wishOf(kept, history.now, doors)).toBe(null);
      };
      list.forEach((wish, i) => {
        const done = doWish(history.now, doors, wish, `n${i}`);
        if (done.ok) history = noteEdit(history, done.value, 'edit');
        if (sends[i] === 1) send();
        if (sends[i] === 2) history = undo(history);
      });
      send();
      expect([...server.keys()].sort()).toEqual(history.now.turfs.map(({ key }) => key).sort());
    }),
    { numRuns: 30 },
  );
});

test('an edit in a city of 200,000 buildings copies what it touches and no more', () => {
  const side = 450;
  const places = Array.from({ length: 200_000 }, (_, i): [number, number, number] => [
    (i % side) * 20,
    Math.floor(i / side) * 20,
    1,
  ]);
  const doors = planDoorsOf(columnsAt(places));
  const plan = emptyPlan(doors);
  let asked = 0;
  const counted: PlanDoors = {
    ...doors,
    lon: new Proxy(doors.lon, {
      get: (target, name) => {
        if (typeof name === 'string' && /^\d+$/.test(name)) asked += 1;
        return Reflect.get(target, name) as unknown;
      },
    }),
  };
  const wish = { kind: 0, a: 0, b: 0, x: 4000, y: 4000, wide: 130, high: 130 };
  const drawn = doWish(plan, counted, wish, 'n');
  expect(drawn).toMatchObject({ ok: true, value: { turfs: [{ counts: { doors: 49 } }] } });
  // Those in the boxes around it: a few hundred of 200,000.
  expect(asked).toBeLessThan(1000);
});
