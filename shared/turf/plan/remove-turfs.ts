import { fail, ok, type Result } from '../../kernel/result.ts';
import { changeProblem } from './hold-problem.ts';
import type { Plan, PlanDoors } from './plan.ts';
import { writeTurfs } from './write-turfs.ts';

/** The plan without some turfs; their doors are uncut. Problems: `not-found`, `turf-fixed`. */
export function removeTurfs(plan: Plan, doors: PlanDoors, keys: readonly string[]): Result<Plan> {
  const refused = changeProblem(plan, keys);
  return refused === null ? ok(writeTurfs(plan, doors, [], keys)) : fail(refused);
}
