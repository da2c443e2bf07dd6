import type { PaperDoor } from './read-turf-paper.ts';
import { walkMinutes } from '#shared/walk/walk-minutes.ts';

/** A way along streets is about so much longer than the straight line. */
const DETOUR = 1.4;
const METRES_PER_DEGREE = 111_320;

/**
 * How far and how long the walk is in the order of the list: straight lines from building to building
 * with what streets add. `metres` is null where fewer than two buildings have a place.
 */
export function guessWalk(doors: readonly PaperDoor[]): {
  readonly metres: number | null;
  readonly minutes: number;
} {
  let [metres, places] = [0, 0];
  let last: { readonly lon: number; readonly lat: number } | null = null;
  for (const { building } of doors) {
    const { lon, lat } = building;
    if (lon === null || lat === null) continue;
    if (last !== null) {
      const dy = (lat - last.lat) * METRES_PER_DEGREE;
      const dx = (lon - last.lon) * METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180);
      metres += Math.hypot(dx, dy) * DETOUR;
    }
    places += 1;
    last = { lon, lat };
  }
  return { metres: places < 2 ? null : metres, minutes: walkMinutes(metres, doors.length) };
}
