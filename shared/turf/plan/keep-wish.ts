import type { TurfId } from '../../kernel/ids.ts';
import type { KeepPlan, KeepTurf, KeptPlan } from '../../model/turf-plan.ts';
import type { Turf } from '../../model/turf.ts';
import type { Plan, PlanDoors, PlanTurf } from './plan.ts';

/** What the server has of each turf, by key: its version, and the turf as it was sent or read. */
export type KeptTurfs = ReadonlyMap<string, { readonly version: number; readonly turf: PlanTurf }>;

/** What the server has, as the plan was read. */
export function keptAtFirst(plan: Plan, turfs: readonly Pick<Turf, 'id' | 'version'>[]): KeptTurfs {
  const versions = new Map<string, number>(turfs.map(({ id, version }) => [id, version]));
  return new Map(
    plan.turfs.map((turf) => [turf.key, { version: versions.get(turf.key) ?? 0, turf }]),
  );
}

/**
 * What has to be sent so that the server has this plan; null when it has it. A wish whose answer was
 * lost is sent again as it was, and not made anew.
 */
export function wishOf(kept: KeptTurfs, plan: Plan, doors: PlanDoors): KeepPlan | null {
  const now = new Set(plan.turfs.map(({ key }) => key));
  const turfs = plan.turfs.flatMap((turf): KeepTurf[] => {
    const known = kept.get(turf.key);
    if (turf.fixed || known?.turf === turf) return [];
    return [keepTurf(doors, turf, known?.version ?? 0)];
  });
  const removed = [...kept].flatMap(([key, { version, turf }]) =>
    now.has(key) || turf.fixed ? [] : [{ id: key as TurfId, version }],
  );
  return turfs.length + removed.length === 0 ? null : { turfs, removed };
}

/** What the server has once it has answered a wish that was made of this plan. */
export function keptAfter(
  kept: KeptTurfs,
  wish: KeepPlan,
  sent: Plan,
  answer: KeptPlan,
): KeptTurfs {
  const next = new Map(kept);
  for (const { id } of wish.removed) next.delete(id);
  const versions = new Map<string, number>(answer.turfs.map(({ id, version }) => [id, version]));
  for (const { id } of wish.turfs) {
    const turf = sent.turfs.find(({ key }) => key === id);
    const version = versions.get(id);
    if (turf !== undefined && version !== undefined) next.set(id, { version, turf });
  }
  return next;
}

function keepTurf(doors: PlanDoors, turf: PlanTurf, version: number): KeepTurf {
  const { key, name, hue, outline, order, units, about } = turf;
  return {
    id: key as TurfId,
    version,
    name,
    hue,
    outline,
    buildings: order.flatMap((index) => (units.has(index) ? [] : (doors.building[index] ?? []))),
    towers: [...units].flatMap(([index, list]) => {
      const building = doors.building[index];
      return building === undefined || list.length === 0 ? [] : [{ building, units: [...list] }];
    }),
    about,
  };
}
