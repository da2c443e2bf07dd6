import type { CutOptions } from './cut.ts';
import { USUAL_PACE } from '../../walk/walk-minutes.ts';
import type { CutGround } from './cut-ground.ts';
import type { SizeWindow } from './split-walk.ts';
import type { RegionWalk } from './walk-regions.ts';

/** What each building weighs: its households, or the minutes at its doors and on the way to them. */
export function weighBuildings(ground: CutGround, walks: readonly RegionWalk[]): Float64Array {
  const { stops, doors, options, pairs } = ground;
  const inMinutes = options.measure === 'minutes';
  const { minutesADoor, metresAMinute } = { ...USUAL_PACE, ...options };
  const loads = new Float64Array(stops.buildings);
  stops.doors.forEach((members, stop) => {
    const building = stops.building[stop] as number;
    for (const door of members) {
      const households = doors[door]?.households ?? 1;
      loads[building] =
        (loads[building] as number) + (inMinutes ? households * minutesADoor : households);
    }
  });
  if (!inMinutes) return loads;
  for (const { walk } of walks) {
    for (let i = 1; i < walk.length; i++) {
      const [a, b] = [walk[i - 1] as number, walk[i] as number];
      // Longer links are where the walk is cut.
      const half = Math.min(300, pairs.of(a, b)) / 2 / metresAMinute;
      for (const stop of [a, b]) {
        const building = stops.building[stop] as number;
        loads[building] = (loads[building] as number) + half;
      }
    }
  }
  return loads;
}

/** The sizes that a turf may have. */
export function windowOf(options: CutOptions, loads: Float64Array, ground: CutGround): SizeWindow {
  const total = loads.reduce(
    (sum, load, b) => sum + ((ground.region[b] as number) < 0 ? 0 : load),
    0,
  );
  const target = options.turfs === undefined ? options.size : Math.max(1, total / options.turfs);
  const tolerance = options.tolerance ?? 0.1;
  // Households are whole: 45 with a tenth either way is 41 to 49.
  const [low, high] = [target * (1 - tolerance), target * (1 + tolerance)];
  if (options.measure === 'minutes') return { low, high, target };
  return {
    low: Math.ceil(low - 1e-9),
    high: Math.max(Math.floor(high + 1e-9), Math.ceil(low - 1e-9)),
    target,
  };
}

/** Metres of the long walk for each household of a dense city, for which all prices were found. */
const DENSE = 9;

/**
 * How much dearer walking is here than in a dense city, at least 1: where farms lie far apart, a price
 * in metres for each door too many would be nothing beside the walk to it.
 */
export function dearnessOf(
  ground: CutGround,
  walks: readonly RegionWalk[],
  loads: Float64Array,
): number {
  let metres = 0;
  for (const { walk } of walks) {
    for (let i = 1; i < walk.length; i++) {
      const [a, b] = [walk[i - 1] as number, walk[i] as number];
      metres += Math.min(1000, ground.pairs.of(a, b));
    }
  }
  const total = loads.reduce((sum, load) => sum + load, 0);
  return Math.min(50, Math.max(1, metres / Math.max(1, total) / DENSE));
}
