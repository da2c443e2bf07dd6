import { problem, type Problem } from '../../kernel/make-problem.ts';
import { fail, ok, type Result } from '../../kernel/result.ts';
import { changeProblem, namesOf, sizeProblem } from './hold-problem.ts';
import { type Holding, holdingOf, joinParts, type Part } from './holding.ts';
import { nextHue } from './next-hue.ts';
import type { NewTurf, Plan, PlanDoors, PlanTurf } from './plan.ts';
import { findTurf, restOf } from './uncut-of.ts';
import { type TurfWish, writeTurfs } from './write-turfs.ts';

/**
 * Buildings, whole, from wherever they are to one turf, to a new one, or, with null, out of all turfs.
 * What a published turf holds stays there. A turf that has nothing left is gone. Problems:
 * `not-found`, `turf-fixed` when the turf, or all that was chosen, is published, `turf-too-large`.
 */
export function moveDoors(
  plan: Plan,
  doors: PlanDoors,
  indexes: readonly number[],
  to: string | NewTurf | null,
): Result<Plan> {
  const target = typeof to === 'string' ? to : null;
  const refused = target === null ? null : changeProblem(plan, [target]);
  if (refused !== null) return fail(refused);
  const chosen = indexes.filter((index) => index >= 0 && index < doors.n);
  const moving = movable(plan, doors, chosen);
  if (moving.size === 0 && chosen.length > 0) return fail(allFixed(plan, chosen));
  const from = holdersOf(plan, [...moving.keys()]);
  const wishes = [...from].flatMap((turf): TurfWish[] =>
    turf.key === target ? [] : [without(turf, moving)],
  );
  const receiver = receiverOf(plan, doors, moving, to);
  if (receiver === null) return ok(writeTurfs(plan, doors, wishes));
  const moved = writeTurfs(plan, doors, [...wishes, receiver]);
  const tooLarge = sizeProblem(moved, receiver.key);
  return tooLarge === null ? ok(moved) : fail(tooLarge);
}

/** What of these buildings no published turf holds. */
function movable(plan: Plan, doors: PlanDoors, indexes: readonly number[]): Map<number, Part> {
  const moving = new Map<number, Part>();
  for (const index of indexes) {
    const fixed = plan.shares
      .at(index)
      .flatMap((key) => findTurf(plan, key) ?? [])
      .filter((turf) => turf.fixed);
    const part = restOf(doors, index, fixed);
    if (part?.length !== 0) moving.set(index, part);
  }
  return moving;
}

function holdersOf(plan: Plan, indexes: readonly number[]): Set<PlanTurf> {
  const keys = new Set(indexes.flatMap((index) => plan.shares.at(index)));
  return new Set(plan.turfs.filter(({ key, fixed }) => keys.has(key) && !fixed));
}

/** What stays of a turf, in the order of before. */
function without({ key, name, hue, order, units }: PlanTurf, moving: Holding): TurfWish {
  const holding = holdingOf({ order: order.filter((index) => !moving.has(index)), units });
  return { key, name, hue, holding, ordered: true };
}

function receiverOf(
  plan: Plan,
  doors: PlanDoors,
  moving: Holding,
  to: string | NewTurf | null,
): TurfWish | null {
  if (to === null || moving.size === 0) return null;
  if (typeof to !== 'string') {
    const first = [...moving.keys()][0] ?? 0;
    return { ...to, hue: nextHue(doors, plan.turfs, first), holding: moving };
  }
  const turf = findTurf(plan, to);
  if (turf === undefined) return null;
  const holding = holdingOf(turf);
  for (const [index, part] of moving) {
    const own = holding.get(index);
    holding.set(index, own === undefined ? part : joinParts(doors, index, own, part));
  }
  const { key, name, hue } = turf;
  return { key, name, hue, holding };
}

function allFixed(plan: Plan, indexes: readonly number[]): Problem {
  const keys = new Set(indexes.flatMap((index) => plan.shares.at(index)));
  return problem('turf-fixed', { turf: namesOf(plan.turfs.filter(({ key }) => keys.has(key))) });
}
