import { leaveOut, type Part } from './holding.ts';
import type { Plan, PlanDoors, PlanTurf } from './plan.ts';

/** A turf of a plan by its key. */
export function findTurf(plan: Plan, key: string): PlanTurf | undefined {
  return plan.turfs.find((turf) => turf.key === key);
}

/** What some turfs leave of a building: null all of it, an empty list nothing. */
export function restOf(doors: PlanDoors, index: number, holders: readonly PlanTurf[]): Part {
  let rest: Part = null;
  for (const turf of holders) rest = leaveOut(doors, index, rest, turf.units.get(index) ?? null);
  return rest;
}

/** What of a building is in no turf: null all of it, an empty list nothing. */
export function uncutPart(plan: Plan, doors: PlanDoors, index: number): Part {
  const keys = plan.shares.at(index);
  return restOf(
    doors,
    index,
    keys.flatMap((key) => findTurf(plan, key) ?? []),
  );
}

/** The buildings of which something is in no turf, ascending. */
export function uncutOf(plan: Plan, doors: PlanDoors): number[] {
  const found: number[] = [];
  for (let index = 0; index < doors.n; index++) {
    if (plan.shares.firstAt(index) === null) found.push(index);
    else if (doors.units.has(index) && uncutPart(plan, doors, index)?.length !== 0)
      found.push(index);
  }
  return found;
}
