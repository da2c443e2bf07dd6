import { problem, type Problem } from '#shared/kernel/problem.ts';
import type { KeepTurf } from '#shared/model/turf-plan.ts';

/** Corners of all outlines of one plan: some 200 a turf of a county. */
const MOST_CORNERS = 500_000;

/**
 * Why the outlines of a plan are none; null when they are. A cut draws around doors and may leave
 * holes and several parts; what matters is that each corner is on the map and that a map can show
 * them all.
 */
export function checkPlanOutlines(turfs: readonly KeepTurf[]): Problem | null {
  let corners = 0;
  for (const { outline } of turfs) {
    const polygons = outline.type === 'Polygon' ? [outline.coordinates] : outline.coordinates;
    for (const ring of polygons.flat()) {
      corners += ring.length;
      if (!ring.every(([lon, lat]) => Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) {
        return problem('outline-off-map');
      }
    }
  }
  if (corners <= MOST_CORNERS) return null;
  return problem('outline-too-many', { corners, most: MOST_CORNERS });
}
