import { hilbertKeys } from '../cut/hilbert.ts';
import type { PlanDoors } from './plan.ts';

/** Up to so many buildings the order is bettered pair by pair. */
const MOST_BETTERED = 300;
const ROUNDS = 4;

/**
 * An order to walk buildings in that is short enough to reckon with, at once: along a curve that
 * fills the plane, then uncrossed (2-opt). The streets' own order is worked out when a turf is
 * published. The same for the same buildings, whatever order they come in.
 */
export function orderRoughly(doors: PlanDoors, indexes: readonly number[]): number[] {
  const sorted = [...indexes].sort((a, b) => a - b);
  const keys = hilbertKeys(
    sorted.map((index) => doors.x[index] as number),
    sorted.map((index) => doors.y[index] as number),
  );
  const order = sorted
    .map((index, i) => ({ index, key: keys[i] as number }))
    .sort((a, b) => a.key - b.key || a.index - b.index)
    .map(({ index }) => index);
  if (order.length <= MOST_BETTERED) uncross(doors, order);
  return order;
}

function uncross({ x, y }: PlanDoors, order: number[]): void {
  const metres = (a: number, b: number): number =>
    Math.hypot((x[a] as number) - (x[b] as number), (y[a] as number) - (y[b] as number));
  const n = order.length;
  for (let round = 0, better = true; better && round < ROUNDS; round++) {
    better = false;
    for (let i = 0; i < n - 2; i++) {
      for (let j = i + 2; j < n; j++) {
        const [a, b, c] = [order[i] as number, order[i + 1] as number, order[j] as number];
        const after = order[j + 1];
        const before = metres(a, b) + (after === undefined ? 0 : metres(c, after));
        const then = metres(a, c) + (after === undefined ? 0 : metres(b, after));
        if (then >= before - 1e-6) continue;
        order.splice(i + 1, j - i, ...order.slice(i + 1, j + 1).reverse());
        better = true;
      }
    }
  }
}
