import { problem } from '../../kernel/make-problem.ts';
import { fail, ok, type Result } from '../../kernel/result.ts';
import type { CutTurf } from '../cut/cut.ts';
import { parseCutIds } from './cut-parts.ts';
import { changeProblem, namesOf, sizeProblem } from './hold-problem.ts';
import type { Part } from './holding.ts';
import { nextHue } from './next-hue.ts';
import type { NewTurf, Plan, PlanDoors, PlanTurf } from './plan.ts';
import { findTurf, uncutPart } from './uncut-of.ts';
import { type TurfWish, writeTurfs } from './write-turfs.ts';

/**
 * Turfs out of an automatic cut of doors given by `cutDoorsOf`, in place of some turfs, or of none.
 * `made` names each. Everything else stays. Problems: `not-found`, `turf-fixed`,
 * `building-in-two-turfs` when a building was taken by another turf since the cut was begun,
 * `turf-too-large`.
 */
export function replaceTurfs(
  plan: Plan,
  doors: PlanDoors,
  keys: readonly string[],
  cut: readonly CutTurf[],
  made: (place: number) => NewTurf,
): Result<Plan> {
  const refused = changeProblem(plan, keys);
  if (refused !== null) return fail(refused);
  const cleared = writeTurfs(plan, doors, [], keys);
  const coloured: Pick<PlanTurf, 'hue' | 'order'>[] = [...cleared.turfs];
  const wishes: TurfWish[] = [];
  for (const [place, turf] of cut.entries()) {
    const holding = parseCutIds(doors, turf.doors);
    if (holding === null) return fail(problem('not-found'));
    const order = [...holding.keys()];
    const taken = order.filter((index) =>
      isTaken(cleared, doors, index, holding.get(index) ?? null),
    );
    if (taken.length > 0)
      return fail(problem('building-in-two-turfs', { turfs: holders(cleared, taken) }));
    const hue = nextHue(doors, coloured, order[0] ?? 0);
    coloured.push({ hue, order });
    const { onFoot, minutes, crosses, why, outline } = turf;
    const about = {
      how: 'cut' as const,
      metres: onFoot,
      minutes,
      crosses: [...crosses],
      why: [...why],
    };
    wishes.push({ ...made(place), hue, holding, outline, ordered: true, about });
  }
  const replaced = writeTurfs(cleared, doors, wishes);
  for (const { key } of wishes) {
    const tooLarge = sizeProblem(replaced, key);
    if (tooLarge !== null) return fail(tooLarge);
  }
  return ok(replaced);
}

/** True when a part of a building is, wholly or partly, another turf's. */
function isTaken(plan: Plan, doors: PlanDoors, index: number, part: Part): boolean {
  const free = uncutPart(plan, doors, index);
  if (free === null) return false;
  return part === null || part.some((unit) => !free.includes(unit));
}

function holders(plan: Plan, indexes: readonly number[]): string {
  return namesOf(
    indexes.flatMap((index) => plan.shares.at(index).flatMap((key) => findTurf(plan, key) ?? [])),
  );
}
