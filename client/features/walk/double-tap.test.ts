import { expect, test } from 'vitest';
import { makeTapJudge } from './double-tap.ts';

test('a hand that shakes marks one door and not the one that comes up under it', () => {
  const gone = { isConnected: false };
  const there = { isConnected: true };
  const tap = (at: number, target: Pick<Node, 'isConnected'>, x = 300) => ({
    at,
    x,
    y: 200,
    target,
  });
  const both = (first: ReturnType<typeof tap>, second: ReturnType<typeof tap>): boolean => {
    const slipped = makeTapJudge();
    expect(slipped(first)).toBe(false);
    return slipped(second);
  };
  expect(both(tap(0, gone), tap(250, there))).toBe(true);
  // Two doors on purpose: later, or elsewhere.
  expect(both(tap(0, gone), tap(400, there))).toBe(false);
  expect(both(tap(0, gone), tap(250, there, 100))).toBe(false);
  // A button that stays may be pressed as quickly as one likes.
  expect(both(tap(0, there), tap(250, there))).toBe(false);
});
