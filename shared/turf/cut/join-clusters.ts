/** Stops that lie no farther apart than about this are one neighbourhood, in metres. */
const CELL = 1000;

/**
 * Which part of the field each stop is in, numbered by its first stop: what lists of neighbours join,
 * and what lies within about two kilometres where `mayJoin` has no objection. A dense block's lists
 * name nothing but the block, and still it is no island.
 */
export function joinClusters(
  near: Int32Array,
  k: number,
  x: Float64Array,
  y: Float64Array,
  mayJoin: (a: number, b: number) => boolean,
): Int32Array {
  const n = x.length;
  const parent = Int32Array.from({ length: n }, (_, i) => i);
  const top = (i: number): number => {
    let at = i;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number;
      at = parent[at] as number;
    }
    return at;
  };
  const join = (one: number, other: number): void => {
    const [a, b] = [top(one), top(other)];
    if (a !== b) parent[Math.max(a, b)] = Math.min(a, b);
  };
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < k; j++) {
      const other = near[i * k + j] as number;
      if (other < 0) break;
      join(i, other);
    }
  }
  // One stop of each cluster for each square that it has stops in.
  const squares = new Map<string, number[]>();
  for (let i = 0; i < n; i++) {
    const square = `${Math.floor((x[i] as number) / CELL)} ${Math.floor((y[i] as number) / CELL)}`;
    const there = squares.get(square);
    if (!there) squares.set(square, [i]);
    else if (!there.some((stop) => top(stop) === top(i))) there.push(i);
  }
  for (const [square, here] of squares) {
    const [column, row] = square.split(' ').map(Number) as [number, number];
    for (let c = column - 1; c <= column + 1; c++) {
      for (let r = row - 1; r <= row + 1; r++) {
        for (const other of squares.get(`${c} ${r}`) ?? []) {
          for (const stop of here)
            if (top(stop) !== top(other) && mayJoin(stop, other)) join(stop, other);
        }
      }
    }
  }
  return Int32Array.from({ length: n }, (_, i) => top(i));
}
