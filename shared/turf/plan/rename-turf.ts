import { problem } from '../../kernel/make-problem.ts';
import { fail, ok, type Result } from '../../kernel/result.ts';
import { changeProblem } from './hold-problem.ts';
import type { Plan } from './plan.ts';

const MOST_LETTERS = 80;

/** A turf with another name, its doors as they were. Problems: `not-found`, `turf-fixed`, `turf-name`. */
export function renameTurf(plan: Plan, key: string, name: string): Result<Plan> {
  const refused = changeProblem(plan, [key]);
  if (refused !== null) return fail(refused);
  const clean = name.trim();
  if (clean === '' || clean.length > MOST_LETTERS) {
    return fail(problem('turf-name', { most: MOST_LETTERS }));
  }
  const turfs = plan.turfs.map((turf) => (turf.key === key ? { ...turf, name: clean } : turf));
  return ok({ ...plan, turfs });
}
