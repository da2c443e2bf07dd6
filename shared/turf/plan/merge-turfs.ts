import { problem } from '../../kernel/make-problem.ts';
import { fail, ok, type Result } from '../../kernel/result.ts';
import { changeProblem, sizeProblem } from './hold-problem.ts';
import { holdingOf, joinParts } from './holding.ts';
import type { Plan, PlanDoors, PlanTurf } from './plan.ts';
import { findTurf } from './uncut-of.ts';
import { writeTurfs } from './write-turfs.ts';

/** Farther from each other two turfs are no neighbours: nobody goes on from one to the other. */
export const MOST_APART = 2000;

/**
 * One turf of several, with the name and colour of the first. Problems: `not-found`, `turf-fixed`,
 * `turfs-apart` when one lies more than two kilometres from all others, `turf-too-large`,
 * `merge-needs-two`.
 */
export function mergeTurfs(plan: Plan, doors: PlanDoors, keys: readonly string[]): Result<Plan> {
  const named = [...new Set(keys)];
  const refused = changeProblem(plan, named);
  if (refused !== null) return fail(refused);
  const turfs = named.flatMap((key) => findTurf(plan, key) ?? []);
  const [first] = turfs;
  if (first === undefined || turfs.length < 2) return fail(problem('merge-needs-two'));
  const apart = findApart(doors, turfs);
  if (apart !== null) return fail(problem('turfs-apart', { turf: apart.name, metres: MOST_APART }));
  const holding = holdingOf(first);
  for (const turf of turfs.slice(1)) {
    for (const [index, part] of holdingOf(turf)) {
      const own = holding.get(index);
      holding.set(index, own === undefined ? part : joinParts(doors, index, own, part));
    }
  }
  const { key, name, hue } = first;
  const merged = writeTurfs(plan, doors, [{ key, name, hue, holding }], named.slice(1));
  const tooLarge = sizeProblem(merged, key);
  return tooLarge === null ? ok(merged) : fail(tooLarge);
}

/** A turf that no chain of neighbours joins to the first; null when there is none. */
function findApart(doors: PlanDoors, [first, ...rest]: readonly PlanTurf[]): PlanTurf | null {
  const joined = first === undefined ? [] : [first];
  const waiting = new Set(rest);
  for (const turf of joined) {
    for (const other of waiting) {
      if (!areNear(doors, turf, other)) continue;
      waiting.delete(other);
      joined.push(other);
    }
  }
  return [...waiting][0] ?? null;
}

function areNear({ x, y }: PlanDoors, a: PlanTurf, b: PlanTurf): boolean {
  return a.order.some((i) =>
    b.order.some(
      (j) =>
        Math.abs((x[i] as number) - (x[j] as number)) <= MOST_APART &&
        Math.hypot((x[i] as number) - (x[j] as number), (y[i] as number) - (y[j] as number)) <=
          MOST_APART,
    ),
  );
}
