import { expect, test } from 'vitest';
import { seededDice } from '../../kernel/random.ts';
import { greedyWalk } from './greedy-walk.ts';

/** Stops by chance, each with the nearest of those in reach. */
function field(n: number, width: number, reach: number) {
  const dice = seededDice(n);
  const [x, y] = [0, 1].map(() => Array.from({ length: n }, () => dice.whole(0, 1000)));
  const apart = (axis: number[] | undefined, a: number, b: number): number =>
    (axis?.[a] ?? 0) - (axis?.[b] ?? 0);
  const between = (a: number, b: number): number =>
    Math.round(Math.hypot(apart(x, a, b), apart(y, a, b)));
  const candidates = new Int32Array(n * width).fill(-1);
  for (let a = 0; a < n; a++) {
    const near = Array.from({ length: n }, (_, b) => b)
      .filter((b) => b !== a && between(a, b) <= reach)
      .sort((b, c) => between(a, b) - between(a, c) || b - c)
      .slice(0, width);
    candidates.set(near, a * width);
  }
  const costs = candidates.map((to, at) => (to < 0 ? 0 : between(Math.floor(at / width), to)));
  return { n, width, between, candidates, costs };
}

const sorted = (walk: Int32Array): number[] => [...walk].sort((a, b) => a - b);

test.each([
  ['many', 300, 8, 2000],
  ['none with a neighbour', 20, 4, -1],
  ['two', 2, 1, 2000],
])('a walk to begin with goes by each stop once: %s', (_, n, width, reach) => {
  const walk = greedyWalk(field(n, width, reach), false);
  expect(sorted(walk)).toEqual(Array.from({ length: n }, (__, i) => i));
});

test('it is shorter than going through the stops as they come', () => {
  const graph = field(300, 8, 2000);
  const walk = greedyWalk(graph, false);
  const length = (order: ArrayLike<number>): number =>
    Array.from(order).reduce((sum, stop, i) => sum + graph.between(order[i - 1] ?? stop, stop), 0);
  expect(length(walk)).toBeLessThan(length(sorted(walk)) / 5);
});

test('pinned ends are beside each other', () => {
  const { n, ...graph } = field(100, 6, 2000);
  const pinned = greedyWalk({ n, ...graph }, true);
  const apart = Math.abs(pinned.indexOf(0) - pinned.indexOf(n - 1));
  expect([1, n - 1]).toContain(apart);
});
