/**
 * The stops of one turf in a short order, free ends: 2-opt and Or-opt over all pairs until nothing
 * gains. From the order given, so that it is never longer than that.
 */
export function orderStops(
  given: readonly number[],
  metresOf: (a: number, b: number) => number,
): number[] {
  const m = given.length;
  if (m < 3 || m > 1000) return [...given];
  const d = new Float64Array(m * m);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < i; j++) {
      d[i * m + j] = d[j * m + i] = metresOf(given[i] as number, given[j] as number);
    }
  }
  const order = Array.from({ length: m }, (_, i) => i);
  /** Metres between the stops at two places; nothing beyond an end. */
  const far = (i: number, j: number): number =>
    i < 0 || j < 0 || i >= m || j >= m
      ? 0
      : (d[(order[i] as number) * m + (order[j] as number)] as number);
  for (let better = true, passes = 0; better && passes < 40; passes++) {
    better = false;
    for (let i = 0; i < m; i++) {
      for (let j = i + 1; j < m; j++) {
        const gain = far(i - 1, i) + far(j, j + 1) - far(i - 1, j) - far(i, j + 1);
        if (gain <= 1e-6) continue;
        for (let a = i, b = j; a < b; a++, b--) {
          const held = order[a] as number;
          order[a] = order[b] as number;
          order[b] = held;
        }
        better = true;
      }
    }
    for (let size = 1; size <= 3; size++) {
      for (let i = 0; i + size <= m; i++) {
        const j = i + size - 1;
        const saved = far(i - 1, i) + far(j, j + 1) - (i > 0 && j < m - 1 ? far(i - 1, j + 1) : 0);
        if (saved <= 1e-6) continue;
        for (let at = -1; at < m; at++) {
          if (at >= i - 1 && at <= j) continue;
          const gap = at >= 0 && at + 1 < m ? far(at, at + 1) : 0;
          const straight = far(at, i) + far(j, at + 1);
          const turned = far(at, j) + far(i, at + 1);
          if (saved + gap - Math.min(straight, turned) <= 1e-6) continue;
          const piece = order.splice(i, size);
          if (turned < straight) piece.reverse();
          order.splice(at > j ? at - size + 1 : at + 1, 0, ...piece);
          better = true;
          break;
        }
      }
    }
  }
  return order.map((i) => given[i] as number);
}
