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
  const cost = (i: number, j: number): number =>
    (distance[i * n + j] as number) + (price[i] as number) + (price[j] as number);
  const loop = Math.max(
    cost(tree.root, tree.ends[0] as number),
    cost(tree.root, tree.ends[1] as number),
  );
  const row = new Int32Array(width);
  for (let i = 0; i < n; i++) {
    if (i === tree.root) {
      for (let j = 0; j < n; j++) alpha[j] = Math.max(0, cost(i, j) - loop);
    } else {
      fromTree(tree, i, cost, longest, mark);
      for (let j = 0; j < n; j++) {
        alpha[j] =
          j === tree.root ? Math.max(0, cost(i, j) - loop) : cost(i, j) - (longest[j] as number);
      }
    }
    let size = 0;
    for (let j = 0; j < n; j++) {
      if (j === i) continue;
      const far = alpha[j] as number;
      if (size === width && !(far < (alpha[row[width - 1] as number] as number))) continue;
      let at = size < width ? size++ : width - 1;
      while (
        at > 0 &&
        isBefore(far, distance[i * n + j] as number, alpha, distance, i * n, row[at - 1] as number)
      ) {
        row[at] = row[at - 1] as number;
        at--;
      }
      row[at] = j;
    }
    const sorted = row
      .slice(0, size)
      .sort((a, b) => (distance[i * n + a] as number) - (distance[i * n + b] as number) || a - b);
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

/** The longest edge of the tree on the way from a stop to each other. */
function fromTree(
  { order, parent }: OneTree,
  from: number,
  cost: (i: number, j: number) => number,
  longest: Float64Array,
  mark: Int32Array,
): void {
  longest[from] = -Infinity;
  mark[from] = from;
  for (let at = from; (parent[at] as number) >= 0; at = parent[at] as number) {
    const up = parent[at] as number;
    longest[up] = Math.max(longest[at] as number, cost(at, up));
    mark[up] = from;
  }
  for (let k = 1; k < order.length; k++) {
    const stop = order[k] as number;
    if (mark[stop] === from) continue;
    const up = parent[stop] as number;
    longest[stop] = Math.max(longest[up] as number, cost(stop, up));
  }
}
