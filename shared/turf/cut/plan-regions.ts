import { sizePenalty, type SizeWindow } from './split-walk.ts';

/**
 * Into how many turfs the load of one region goes: the number nearest to load ÷ target of those that
 * keep all within the window, or else the one that is least outside of it. At least one.
 */
export function countTurfs(load: number, window: SizeWindow): number {
  const ideal = Math.max(1, Math.round(load / window.target));
  const least = Math.max(1, Math.ceil(load / window.high));
  const most = Math.floor(load / Math.max(window.low, 1e-9));
  if (least <= most) return Math.min(most, Math.max(least, ideal));
  const outside = (count: number): number => count * sizePenalty(load / count, window, 1);
  return [least - 1, least, Math.max(1, most)]
    .filter((count) => count >= 1)
    .reduce((best, count) => (outside(count) < outside(best) ? count : best), least);
}

/** Whole turfs for each region, `count` in all, as their loads ask for; each gets at least one. */
export function shareTurfs(loads: readonly number[], count: number): number[] {
  const total = loads.reduce((sum, load) => sum + load, 0);
  const shares = loads.map((load) => (total > 0 ? (load / total) * count : 0));
  const turfs = shares.map((share) => Math.max(1, Math.floor(share)));
  let left = count - turfs.reduce((sum, one) => sum + one, 0);
  const byNeed = shares
    .map((share, i) => ({ i, need: share - (turfs[i] as number) }))
    .sort((a, b) => b.need - a.need || a.i - b.i);
  for (const { i } of byNeed) {
    if (left <= 0) break;
    turfs[i] = (turfs[i] as number) + 1;
    left -= 1;
  }
  return turfs;
}
