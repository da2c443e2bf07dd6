import { problem, type Problem } from '../../kernel/make-problem.ts';
import { fail, ok, type Result } from '../../kernel/result.ts';
import type { Polygon } from '../../model/geojson.ts';
import { namesOf, sizeProblem } from './hold-problem.ts';
import type { Part } from './holding.ts';
import { insideOf } from './inside-of.ts';
import { nextHue } from './next-hue.ts';
import type { NewTurf, Plan, PlanDoors } from './plan.ts';
import { findTurf, uncutPart } from './uncut-of.ts';
import { writeTurfs } from './write-turfs.ts';

/**
 * A new turf of everything inside an outline that is in no turf yet; what others hold stays theirs.
 * The outline is kept as it was drawn. Problems: those of `checkOutline`, `turf-empty`,
 * `building-in-two-turfs` when others hold all of it, `turf-too-large`.
 */
export function drawTurf(
  plan: Plan,
  doors: PlanDoors,
  wish: NewTurf & { readonly outline: Polygon },
): Result<Plan> {
  const inside = insideOf(doors, wish.outline);
  if (!inside.ok) return inside;
  const { outline, indexes } = inside.value;
  const holding = freeOf(plan, doors, indexes);
  const [first] = holding.keys();
  if (first === undefined) return fail(nothingFree(plan, indexes));
  const { key, name } = wish;
  const hue = nextHue(doors, plan.turfs, first);
  const drawn = writeTurfs(plan, doors, [{ key, name, hue, holding, outline }]);
  const tooLarge = sizeProblem(drawn, key);
  return tooLarge === null ? ok(drawn) : fail(tooLarge);
}

/** What of these buildings is in no turf. */
export function freeOf(
  plan: Plan,
  doors: PlanDoors,
  indexes: readonly number[],
): Map<number, Part> {
  const free = new Map<number, Part>();
  for (const index of indexes) {
    const part = uncutPart(plan, doors, index);
    if (part?.length !== 0) free.set(index, part);
  }
  return free;
}

function nothingFree(plan: Plan, indexes: readonly number[]): Problem {
  const holders = indexes.flatMap((index) =>
    plan.shares.at(index).flatMap((key) => findTurf(plan, key) ?? []),
  );
  if (holders.length === 0) return problem('turf-empty');
  return problem('building-in-two-turfs', { turfs: namesOf(holders) });
}
