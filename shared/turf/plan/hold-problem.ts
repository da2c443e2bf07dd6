import { problem, type Problem } from '../../kernel/make-problem.ts';
import type { Plan, PlanTurf } from './plan.ts';
import { findTurf } from './uncut-of.ts';

/** A phone carries a turf whole; more doors than this nobody walks in a shift. */
export const MOST_TURF_DOORS = 5000;

/** Why these turfs cannot be changed; null when they can: `not-found`, `turf-fixed`. */
export function changeProblem(plan: Plan, keys: readonly string[]): Problem | null {
  for (const key of keys) {
    const turf = findTurf(plan, key);
    if (turf === undefined) return problem('not-found');
    if (turf.fixed) return problem('turf-fixed', { turf: turf.name });
  }
  return null;
}

/** Why a turf cannot hold what it would hold; null when it can: `turf-too-large`. */
export function sizeProblem(plan: Plan, key: string): Problem | null {
  const doors = findTurf(plan, key)?.counts.doors ?? 0;
  if (doors <= MOST_TURF_DOORS) return null;
  return problem('turf-too-large', { doors, limit: MOST_TURF_DOORS });
}

/** More names than these nobody reads in a sentence. */
const MOST_NAMED = 4;
const byNumber = new Intl.Collator('en', { numeric: true });

/** The turfs that hold some of these buildings, as one reads them: the first few, and how many more. */
export function namesOf(turfs: readonly PlanTurf[]): string {
  const names = [...new Set(turfs.map(({ name }) => name))].sort(byNumber.compare);
  const more = names.length - MOST_NAMED;
  const said = names.slice(0, MOST_NAMED).join(', ');
  return more > 0 ? `${said} … (+${more})` : said;
}
