import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { shiftTotals } from '#shared/canvass/shift-totals.ts';
import { nextStamp } from '#shared/merge/stamps.ts';
import type { Operation } from '#shared/model/operation.ts';

const DOORS = ['door-1', 'door-2', 'door-3'];
const OP_IDS = Array.from({ length: 14 }, (_, i) => `op-${i}`);

const knock = fc.record({
  type: fc.constant('knock'),
  payload: fc.record({
    outcome: fc.constantFrom({ kind: 'contact' }, { kind: 'result', result: 'not-home' }),
    answers: fc.array(
      fc.record({
        given: fc.record({ kind: fc.constant('support'), level: fc.integer({ min: 1, max: 5 }) }),
      }),
      { maxLength: 2 },
    ),
  }),
});
const other = fc.record({
  type: fc.constantFrom('note', 'lit-drop', 'resident'),
  payload: fc.constant({}),
});
const withdraw = fc.record({
  type: fc.constant('withdraw'),
  payload: fc.record({ opId: fc.constantFrom(...OP_IDS) }),
});

const facts = fc
  .tuple(
    ...OP_IDS.map((opId, at) =>
      fc
        .record({
          what: fc.oneof({ weight: 5, arbitrary: knock }, other, withdraw),
          entityId: fc.constantFrom(...DOORS),
          supersedes: fc.option(fc.constantFrom(...OP_IDS), { freq: 4 }),
        })
        .map(({ what, entityId, supersedes }) => {
          const hlc = nextStamp(null, at);
          return { ...what, opId, entityId, deviceId: 'phone', hlc, supersedes };
        }),
    ),
  )
  .map((list) => list as unknown as Operation[]);

test('a slip does not depend on the order of facts, on repeats, or on how they were batched', () => {
  fc.assert(
    fc.property(
      facts,
      fc.array(fc.nat(), { minLength: 14, maxLength: 14 }),
      fc.array(fc.nat({ max: 13 }), { maxLength: 20 }),
      (list, order, again) => {
        const shuffled = list
          .map((fact, at) => ({ fact, key: order[at] ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ fact }) => fact);
        const repeats = again.flatMap((at) => list[at] ?? []);
        expect(shiftTotals([...repeats, ...shuffled, ...repeats])).toEqual(shiftTotals(list));
      },
    ),
  );
});

test('a slip never counts more than there is, and knocks alone count as they stand', () => {
  fc.assert(
    fc.property(facts, (list) => {
      const totals = shiftTotals(list);
      const knocks = list.filter((fact) => fact.type === 'knock');
      expect(totals.facts).toBe(list.length);
      expect(totals.knocks).toBeLessThanOrEqual(knocks.length);
      expect(totals.contacts).toBeLessThanOrEqual(totals.knocks);
      expect(totals.doors).toBeLessThanOrEqual(Math.min(totals.knocks, DOORS.length));
      const plain = knocks.map((fact) => ({ ...fact, supersedes: null }));
      expect(shiftTotals(plain)).toMatchObject({
        knocks: knocks.length,
        doors: new Set(knocks.map((fact) => fact.entityId)).size,
      });
    }),
  );
});
