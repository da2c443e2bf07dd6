import type { Turf } from '../../model/turf.ts';
import type { UniverseDoors } from '../../model/universe.ts';
import { DoorShares } from './door-shares.ts';
import { addCounts, countHolding, countPart, type Part } from './holding.ts';
import type { Counts, Plan, PlanDoors, PlanTurf } from './plan.ts';
import { restOf } from './uncut-of.ts';

/**
 * The plan as the server has it: the turfs of a universe with their buildings in walk order. A turf
 * that is published is fixed. Turfs that the columns do not know yet hold nothing.
 */
export function startPlan(
  doors: PlanDoors,
  columns: Pick<UniverseDoors, 'turfs' | 'turf' | 'position' | 'shared'>,
  turfs: readonly Turf[],
): Plan {
  const holdings = new Map(turfs.map(({ id }): [string, Map<number, Part>] => [id, new Map()]));
  const shared = new Map(columns.shared);
  const hold = (turf: number, index: number, part: Part): void => {
    holdings.get(columns.turfs[turf] ?? '')?.set(index, part);
  };
  const placed = columns.turf.flatMap((turf, index) => (turf < 0 ? [] : [index]));
  placed.sort((a, b) => (columns.position[a] ?? 0) - (columns.position[b] ?? 0) || a - b);
  for (const index of placed) {
    const parts = shared.get(index);
    if (parts === undefined) hold(columns.turf[index] as number, index, null);
    else for (const [turf, units] of parts) hold(turf, index, knownUnits(doors, index, units));
  }
  const held = turfs.map((turf) => makeTurf(doors, turf, holdings.get(turf.id) ?? new Map()));
  const keys = new Map<number, string[]>();
  for (const { key, order } of held) {
    for (const index of order) {
      const known = keys.get(index);
      if (known === undefined) keys.set(index, [key]);
      else known.push(key);
    }
  }
  const shares = DoorShares.none(doors.n).with(keys);
  return { turfs: held, shares, uncut: countUncut(doors, held, shares) };
}

/** Of the units that a turf has, those that the universe still has. */
function knownUnits(doors: PlanDoors, index: number, units: readonly string[]): Part {
  const own = new Set(units);
  return (doors.units.get(index) ?? []).filter((unit) => own.has(unit));
}

function makeTurf(doors: PlanDoors, turf: Turf, holding: ReadonlyMap<number, Part>): PlanTurf {
  const units = new Map<number, readonly string[]>();
  for (const [index, part] of holding) if (part !== null) units.set(index, part);
  return {
    key: turf.id,
    name: turf.name,
    hue: turf.hue,
    fixed: turf.state === 'published',
    outline: turf.outline,
    order: [...holding.keys()],
    units,
    counts: countHolding(doors, holding),
    about: turf.about,
    onFoot: turf.onFoot,
  };
}

function countUncut(doors: PlanDoors, turfs: readonly PlanTurf[], shares: DoorShares): Counts {
  const byKey = new Map(turfs.map((turf) => [turf.key, turf]));
  let uncut: Counts = { buildings: 0, doors: 0, people: 0 };
  for (let index = 0; index < doors.n; index++) {
    const holders = shares.at(index).flatMap((key) => byKey.get(key) ?? []);
    uncut = addCounts(uncut, countPart(doors, index, restOf(doors, index, holders)), 1);
  }
  return uncut;
}
