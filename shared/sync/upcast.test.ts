import { expect, test } from 'vitest';
import { OPERATION_TYPES } from '../model/operation.ts';
import { newestVersion, upcast, UPCASTERS, type Upcasters } from './upcast.ts';

/** A type that has been through three versions, as one will be some day. */
const LATER: Upcasters = new Map([
  [
    'knock',
    [
      (older) => ({ ...older, v: 2, at: { ms: older['at'] } }),
      (older) => ({ ...older, v: 3, said: [] }),
    ],
  ],
]);

test('every version that was ever released becomes the newest, step by step', () => {
  const newest = { type: 'knock', v: 3, at: { ms: 5 }, said: [] };
  expect(upcast({ type: 'knock', v: 1, at: 5 }, LATER)).toEqual(newest);
  expect(upcast({ type: 'knock', v: 2, at: { ms: 5 } }, LATER)).toEqual(newest);
  expect(upcast(newest, LATER)).toEqual(newest);
  expect(newestVersion('knock', LATER)).toBe(3);
});

test('what is from the future, or no operation at all, is left as it is', () => {
  for (const other of [
    { type: 'knock', v: 4 },
    { type: 'petition', v: 1 },
    { type: 'knock', v: 0 },
    { type: 'knock', v: 1.5 },
    { type: 'knock', v: '1' },
    { type: 'constructor', v: 1 },
    { type: '__proto__', v: 1 },
    {},
  ]) {
    expect(upcast(other, LATER)).toBe(other);
  }
});

test('every type that phones write has its line', () => {
  expect([...UPCASTERS.keys()].sort()).toEqual([...OPERATION_TYPES].sort());
});
