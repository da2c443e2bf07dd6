import { problem } from '../../kernel/make-problem.ts';
import { fail, type Result } from '../../kernel/result.ts';
import { moveDoors } from './move-doors.ts';
import type { NewTurf, Plan, PlanDoors } from './plan.ts';

/**
 * Every building of a precinct into one turf, a new one, or with null none, out of whatever drafts hold
 * them.
 * `precinct` is an index into `precincts`, -1 for those without one. Problems: those of `moveDoors`,
 * `turf-empty` where the precinct has none.
 */
export function takePrecinct(
  plan: Plan,
  doors: PlanDoors,
  precinct: number,
  to: string | NewTurf | null,
): Result<Plan> {
  const indexes: number[] = [];
  for (let index = 0; index < doors.n; index++) {
    if (doors.precinct[index] === precinct) indexes.push(index);
  }
  if (indexes.length === 0) return fail(problem('turf-empty'));
  return moveDoors(plan, doors, indexes, to);
}
