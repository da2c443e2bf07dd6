import { DETOUR } from '../../streets/street-network.ts';
import { type Pace, USUAL_PACE, walkMinutes } from '../../walk/walk-minutes.ts';
import type { PlanDoors, PlanTurf } from './plan.ts';

/**
 * About how many minutes a turf takes: its doors, and straight lines from one to the next in its
 * order at 1.4 times their length. Quick enough for while somebody drags; streets are not asked.
 */
export function minutesOf(
  doors: PlanDoors,
  turf: Pick<PlanTurf, 'order' | 'counts'>,
  pace: Pace = USUAL_PACE,
): number {
  let metres = 0;
  for (let i = 1; i < turf.order.length; i++) {
    const [a, b] = [turf.order[i - 1] as number, turf.order[i] as number];
    metres += Math.hypot(
      (doors.x[a] as number) - (doors.x[b] as number),
      (doors.y[a] as number) - (doors.y[b] as number),
    );
  }
  return walkMinutes(metres * DETOUR, turf.counts.doors, pace);
}
