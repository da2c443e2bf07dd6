import { expect, test } from 'vitest';
import { shiftStart } from './shift-start.ts';

const DAY = 1_700_000_000_000;
const NOW = DAY + 50_000;

function body(at: number, some: object = {}): { readonly opId: string; readonly body: string } {
  const fact = { opId: `at ${at}`, type: 'knock', v: 1, entityId: 'door', payload: {} };
  const own = { deviceId: 'phone', scopeId: 'turf', at: { ms: DAY + at, offset: 0 } };
  return { opId: fact.opId, body: JSON.stringify({ ...fact, ...own, ...some }) };
}
const start = (...bodies: readonly ReturnType<typeof body>[]): number =>
  shiftStart({ bodies, deviceId: 'phone', turfId: 'turf', dayStart: DAY, now: NOW });

test('a shift begins at the first own fact of the day in this turf', () => {
  expect(start(body(30), body(20), { opId: 'sealed', body: '' })).toBe(DAY + 20);
});

test('yesterday, another phone and a turf walked before are not of this shift', () => {
  const others = [body(-1), body(5, { deviceId: 'other' }), body(6, { scopeId: 'earlier' })];
  expect(start(...others, body(40))).toBe(DAY + 40);
  expect(start(...others)).toBe(NOW);
});
