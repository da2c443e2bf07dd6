import type { PlanDoors, PlanTurf } from './plan.ts';

const HUES = 12;

/**
 * A colour for a turf around a building: the one that no other turf has, else the one whose nearest
 * turf is farthest away, so that neighbours are told apart.
 */
export function nextHue(
  doors: PlanDoors,
  turfs: Iterable<Pick<PlanTurf, 'hue' | 'order'>>,
  index: number,
): number {
  const nearest = new Float64Array(HUES).fill(Infinity);
  for (const { hue, order } of turfs) {
    const other = order[0] ?? index;
    const metres = Math.hypot(
      (doors.x[index] as number) - (doors.x[other] as number),
      (doors.y[index] as number) - (doors.y[other] as number),
    );
    nearest[hue] = Math.min(nearest[hue] ?? 0, metres);
  }
  return nearest.indexOf(Math.max(...nearest));
}
