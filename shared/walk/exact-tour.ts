/** Up to so many stops the shortest tour is simply computed. */
export const EXACT_UP_TO = 12;

/**
 * The shortest closed tour of at least two stops. Method: dynamic programming over sets of stops
 * (Bellman 1962, Held and Karp 1962), 2^n * n^2 steps.
 */
export function exactTour(n: number, distance: Int32Array): Int32Array {
  const home = n - 1;
  const sets = 1 << home;
  const cost = new Float64Array(sets * home).fill(Infinity);
  const from = new Int8Array(sets * home).fill(-1);
  for (let i = 0; i < home; i++) cost[(1 << i) * home + i] = distance[home * n + i] as number;
  for (let set = 1; set < sets; set++) {
    for (let last = 0; last < home; last++) {
      const known = cost[set * home + last] as number;
      if (known === Infinity) continue;
      for (let next = 0; next < home; next++) {
        if (set & (1 << next)) continue;
        const at = (set | (1 << next)) * home + next;
        const way = known + (distance[last * n + next] as number);
        if (way < (cost[at] as number)) {
          cost[at] = way;
          from[at] = last;
        }
      }
    }
  }
  let set = sets - 1;
  let last = 0;
  let best = Infinity;
  for (let i = 0; i < home; i++) {
    const way = (cost[set * home + i] as number) + (distance[i * n + home] as number);
    if (way < best) [best, last] = [way, i];
  }
  const tour = new Int32Array(n);
  tour[home] = home;
  for (let at = home - 1; at >= 0; at--) {
    tour[at] = last;
    const before = from[set * home + last] as number;
    set ^= 1 << last;
    last = before;
  }
  return tour;
}
