import type { KeepPlan, KeepTurf } from '#shared/model/turf-plan.ts';
import { leaveOut, type Part } from '#shared/turf/plan/holding.ts';
import type { Plan, PlanDoors, PlanTurf } from '#shared/turf/plan/plan.ts';
import { findTurf, restOf } from '#shared/turf/plan/uncut-of.ts';
import { type TurfWish, writeTurfs } from '#shared/turf/plan/write-turfs.ts';

/**
 * Work that is not kept yet, laid over the plan that the chapter has now: after a reload of the page,
 * and after somebody else changed turfs meanwhile. What is `theirs` stays as they have it, and so do
 * published turfs; where a turf of theirs holds a door of mine, the door is theirs.
 */
export function layOver(
  plan: Plan,
  doors: PlanDoors,
  work: KeepPlan,
  theirs: ReadonlySet<string>,
): Plan {
  const isMine = (key: string): boolean => !theirs.has(key) && findTurf(plan, key)?.fixed !== true;
  const mine = work.turfs.filter(({ id }) => isMine(id));
  const gone = work.removed.map(({ id }) => id).filter((id) => isMine(id) && findTurf(plan, id));
  const cleared = writeTurfs(plan, doors, [], [...gone, ...mine.map(({ id }) => id)]);
  const places = new Map<string, number>(doors.building.map((id, index) => [id, index]));
  const wishes = mine.map((turf) => wishFor(cleared, doors, places, turf));
  const laid = writeTurfs(cleared, doors, wishes);
  const walked = laid.turfs.map((turf) => {
    const was = findTurf(plan, turf.key);
    return was !== undefined && hasSameDoors(was, turf) ? { ...turf, onFoot: was.onFoot } : turf;
  });
  return { ...laid, turfs: walked };
}

/** The same doors in whatever order: their walk is as far as it was. */
function hasSameDoors(a: PlanTurf, b: PlanTurf): boolean {
  const held = new Set(a.order);
  if (held.size !== b.order.length || !b.order.every((index) => held.has(index))) return false;
  return b.order.every((index) => {
    const units = new Set(a.units.get(index));
    const now = b.units.get(index) ?? [];
    return units.size === now.length && now.every((unit) => units.has(unit));
  });
}

function wishFor(
  plan: Plan,
  doors: PlanDoors,
  places: ReadonlyMap<string, number>,
  { id, name, hue, outline, buildings, towers, about }: KeepTurf,
): TurfWish {
  const holding = new Map<number, Part>();
  let whole = true;
  const take = (building: string, part: Part): void => {
    const index = places.get(building);
    const holders = index === undefined ? [] : plan.shares.at(index);
    if (index === undefined) whole = false;
    else if (holders.length === 0) holding.set(index, part);
    else {
      whole = false;
      const turfs = holders.flatMap((key) => findTurf(plan, key) ?? []);
      const taken = leaveOut(doors, index, null, restOf(doors, index, turfs));
      const left = leaveOut(doors, index, part, taken);
      if (left === null || left.length > 0) holding.set(index, left);
    }
  };
  for (const building of buildings) take(building, null);
  for (const { building, units } of towers) take(building, units);
  const wish = { key: id, name, hue, holding, ordered: true };
  return whole ? { ...wish, outline, ...(about === null ? {} : { about }) } : wish;
}
