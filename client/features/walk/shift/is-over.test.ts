import { expect, test } from 'vitest';
import { isOver } from './is-over.ts';

test('a household of which one was called is no end of a call list, and a stall has none', () => {
  const left = { remaining: 0, calls: true } as const;
  expect(isOver({ ...left, kind: undefined })).toBe(true);
  expect(isOver({ ...left, kind: undefined, remaining: 1 })).toBe(false);
  expect(isOver({ ...left, kind: 'calls' })).toBe(false);
  expect(isOver({ ...left, kind: 'calls', calls: false })).toBe(true);
  expect(isOver({ ...left, kind: 'stall', calls: false })).toBe(false);
});
