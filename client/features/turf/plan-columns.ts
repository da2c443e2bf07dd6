import type { MultiPolygon, Polygon } from '#shared/model/geojson.ts';
import type { Plan, PlanDoors, PlanTurf } from '#shared/turf/plan/plan.ts';
import { outlineBounds } from '../../map/outline-rings.ts';
import { columnBounds, type Bounds } from '../../map/world.ts';

/**
 * Gives the turf hue of each building of a plan, -1 where it is in none. Of the plan before only the
 * turfs that differ are gone through, so that a drag over 200,000 doors stays quick, and while no
 * building has another hue than before it gives the very same list.
 */
export function rememberHues(): (plan: Plan, n: number) => Int8Array {
  let turfs = new Set<PlanTurf>();
  let hue = new Int8Array(0);
  return (plan, n) => {
    if (hue.length !== n) turfs = new Set();
    const next = turfs.size === 0 ? new Int8Array(n).fill(-1) : hue.slice();
    const now = new Set(plan.turfs);
    for (const turf of turfs) {
      if (!now.has(turf)) for (const index of turf.order) next[index] = -1;
    }
    for (const turf of now) {
      if (!turfs.has(turf)) for (const index of turf.order) next[index] = turf.hue;
    }
    turfs = now;
    if (hue.length !== n || next.some((one, index) => one !== hue[index])) hue = next;
    return hue;
  };
}

/** Gives a list as it was the time before where all in it are the same: what hangs on it stays, too. */
export function rememberList<T>(): (list: readonly T[]) => readonly T[] {
  let known: readonly T[] = [];
  return (list) => {
    const same = list.length === known.length && list.every((one, i) => one === known[i]);
    if (!same) known = list;
    return known;
  };
}

/**
 * The turfs that are others in one plan than in another, new ones and changed ones; what gains or loses
 * the most doors first, so that the one that takes is not lost among the many it takes from.
 */
export function changedTurfs(before: Plan, now: Plan): readonly PlanTurf[] {
  const then = new Map(before.turfs.map((turf) => [turf.key, turf]));
  const change = ({ key, counts }: PlanTurf): number =>
    Math.abs(counts.doors - (then.get(key)?.counts.doors ?? 0));
  return now.turfs
    .filter((turf) => then.get(turf.key)?.order !== turf.order)
    .sort((a, b) => change(b) - change(a));
}

/** Where the doors are that are in no turf; null when there are none. */
export function uncutBounds(plan: Plan, doors: PlanDoors): Bounds | null {
  const lon: number[] = [];
  const lat: number[] = [];
  for (let i = 0; i < doors.n; i++) {
    if (plan.shares.firstAt(i) !== null) continue;
    lon.push(doors.lon[i] ?? NaN);
    lat.push(doors.lat[i] ?? NaN);
  }
  return columnBounds(lon, lat);
}

/** What to show so that a turf is in sight. */
export function turfBounds(outline: Polygon | MultiPolygon): Bounds | null {
  return outlineBounds(outline);
}
