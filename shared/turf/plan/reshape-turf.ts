import { problem } from '../../kernel/make-problem.ts';
import { fail, ok, type Result } from '../../kernel/result.ts';
import type { Polygon } from '../../model/geojson.ts';
import { freeOf } from './draw-turf.ts';
import { changeProblem, sizeProblem } from './hold-problem.ts';
import { holdingOf, joinParts } from './holding.ts';
import { insideOf } from './inside-of.ts';
import type { Plan, PlanDoors } from './plan.ts';
import { findTurf } from './uncut-of.ts';
import { writeTurfs } from './write-turfs.ts';

/**
 * A turf with another outline: what of its own lies outside goes back to the uncut, what is uncut
 * inside comes in, what others hold stays theirs. The outline is kept as it was drawn. With `was`, the
 * part of the outline that was reshaped, only what lies in one of the two and not in the other comes
 * or goes: an outline that a machine drew leaves out a door here and there. Problems:
 * those of `checkOutline`, `not-found`, `turf-fixed`, `turf-empty`, `turf-too-large`.
 */
export function reshapeTurf(
  plan: Plan,
  doors: PlanDoors,
  key: string,
  drawn: Polygon,
  was: Polygon | null = null,
): Result<Plan> {
  const refused = changeProblem(plan, [key]);
  const turf = findTurf(plan, key);
  if (refused !== null || turf === undefined) return fail(refused ?? problem('not-found'));
  const inside = insideOf(doors, drawn);
  if (!inside.ok) return inside;
  const { outline, indexes } = inside.value;
  const within = new Set(indexes);
  const before = was === null ? null : insideOf(doors, was);
  if (before?.ok === true) {
    const had = new Set(before.value.indexes);
    for (const index of turf.order) if (!had.has(index)) within.add(index);
  }
  const holding = holdingOf(turf);
  for (const index of turf.order) if (!within.has(index)) holding.delete(index);
  for (const [index, part] of freeOf(plan, doors, indexes)) {
    const own = holding.get(index);
    holding.set(index, own === undefined ? part : joinParts(doors, index, own, part));
  }
  if (holding.size === 0) return fail(problem('turf-empty'));
  const { name, hue } = turf;
  const reshaped = writeTurfs(plan, doors, [{ key, name, hue, holding, outline }]);
  const tooLarge = sizeProblem(reshaped, key);
  return tooLarge === null ? ok(reshaped) : fail(tooLarge);
}
