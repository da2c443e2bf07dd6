import { OneTree } from './one-tree.ts';

/**
 * For each stop the few that a good tour may join it to, nearest first: those whose edge makes the
 * shortest one-tree under these prices least longer (alpha-nearness). Plain nearest neighbours fail
 * where houses stand in rows. Source: Helsgaun 2000.
 */
export function candidateLists(
  n: number,
  distance: Int32Array,
  price: Float64Array,
  width: number,
): Int32Array {
  const tree = new OneTree(n, distance);
  tree.grow(price);
  const lists = new Int32Array(n * width);
  const alpha = new Float64Array(n);
  const longest = new Float64Array(n);
  const mark = new Int32Array(n).fill(-1);
  const { root, parent, order, ends } = tree;
  const cost = (i: number, j: number): number =>
    (distance[i * n + j] as number) + (price[i] as number) + (price[j] as number);
  const loop = Math.max(cost(root, ends[0] as number), cost(root, ends[1] as number));
  /** What the tree's edge from each stop towards its first costs. */
  const edge = Float64Array.from(parent, (up, i) => (i === root || up < 0 ? 0 : cost(i, up)));
  const row = new Int32Array(width);
  for (let i = 0; i < n; i++) {
    const at = i * n;
    const own = price[i] as number;
    if (i === root) {
      for (let j = 0; j < n; j++) alpha[j] = Math.max(0, cost(i, j) - loop);
    } else {
      // The longest edge of the tree on the way to each other stop: first up, then down from there.
      longest[i] = -Infinity;
      mark[i] = i;
      alpha[i] = 0;
      for (let stop = i; (parent[stop] as number) >= 0; stop = parent[stop] as number) {
        const up = parent[stop] as number;
        const far = Math.max(longest[stop] as number, edge[stop] as number);
        longest[up] = far;
        mark[up] = i;
        alpha[up] = (distance[at + up] as number) + own + (price[up] as number) - far;
      }
      for (let k = 1; k < order.length; k++) {
        const stop = order[k] as number;
        if (mark[stop] === i) continue;
        const up = longest[parent[stop] as number] as number;
        const last = edge[stop] as number;
        const far = up > last ? up : last;
        longest[stop] = far;
        alpha[stop] = (distance[at + stop] as number) + own + (price[stop] as number) - far;
      }
      alpha[root] = Math.max(0, cost(i, root) - loop);
    }
    let size = 0;
    for (let j = 0; j < n; j++) {
      if (j === i) continue;
      const far = alpha[j] as number;
      if (size === width && !(far < (alpha[row[width - 1] as number] as number))) continue;
      let place = size < width ? size++ : width - 1;
      while (
        place > 0 &&
        isBefore(far, distance[at + j] as number, alpha, distance, at, row[place - 1] as number)
      ) {
        row[place] = row[place - 1] as number;
        place--;
      }
      row[place] = j;
    }
    const sorted = row
      .slice(0, size)
      .sort((a, b) => (distance[at + a] as number) - (distance[at + b] as number) || a - b);
    lists.set(sorted, i * width);
  }
  return lists;
}

function isBefore(
  far: number,
  metres: number,
  alpha: Float64Array,
  distance: Int32Array,
  row: number,
  other: number,
): boolean {
  const there = alpha[other] as number;
  return far < there || (far === there && metres < (distance[row + other] as number));
}
