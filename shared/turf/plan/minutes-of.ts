import type { PlanDoors, PlanTurf } from './plan.ts';

/** How fast one walks and knocks; learnt from real walks where there are enough. */
export interface Pace {
  readonly minutesADoor: number;
  readonly metresAMinute: number;
}

/** What the automatic cut reckons with too. */
export const PLAN_PACE: Pace = { minutesADoor: 2.5, metresAMinute: 75 };

/** A walk is longer than a straight line by about so much. */
const DETOUR = 1.4;

/**
 * About how many minutes a turf takes: its doors, and straight lines from one to the next in its
 * order at 1.4 times their length. Quick enough for while somebody drags; streets are not asked.
 */
export function minutesOf(
  doors: PlanDoors,
  turf: Pick<PlanTurf, 'order' | 'counts'>,
  pace: Pace = PLAN_PACE,
): number {
  let metres = 0;
  for (let i = 1; i < turf.order.length; i++) {
    const [a, b] = [turf.order[i - 1] as number, turf.order[i] as number];
    metres += Math.hypot(
      (doors.x[a] as number) - (doors.x[b] as number),
      (doors.y[a] as number) - (doors.y[b] as number),
    );
  }
  return turf.counts.doors * pace.minutesADoor + (metres * DETOUR) / pace.metresAMinute;
}
