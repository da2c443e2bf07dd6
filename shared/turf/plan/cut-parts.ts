import type { CutDoor } from '../cut/cut.ts';
import { countPart, type Holding, joinParts, type Part } from './holding.ts';
import type { PlanDoors } from './plan.ts';

/**
 * What an automatic cut is given of some buildings: one door each, and of those that may be shared out
 * by floors one a unit. `parseCutIds` reads the ids back.
 */
export function cutDoorsOf(doors: PlanDoors, free: Holding): CutDoor[] {
  return [...free].flatMap(([index, part]): CutDoor[] => {
    const units = part ?? doors.units.get(index) ?? null;
    const precinct = doors.precincts[doors.precinct[index] ?? -1];
    const place = {
      lon: doors.lon[index] as number,
      lat: doors.lat[index] as number,
      building: String(index),
      street: doors.street[index] ?? '',
      number: doors.number[index] ?? '',
      ...(precinct === undefined ? {} : { precinct }),
    };
    if (units === null) {
      const { doors: households, people } = countPart(doors, index, null);
      return [{ ...place, id: String(index), households, people }];
    }
    const all = doors.units.get(index) ?? [];
    return units.map((unit) => {
      const { people } = countPart(doors, index, [unit]);
      return { ...place, id: `${index}:${all.indexOf(unit)}`, households: 1, people, unit };
    });
  });
}

/** The buildings, in order, that a cut's list of ids names; null for an id that is none. */
export function parseCutIds(doors: PlanDoors, ids: readonly string[]): Map<number, Part> | null {
  const holding = new Map<number, Part>();
  for (const id of ids) {
    const [at = '', unitAt] = id.split(':', 2);
    const index = Number(at);
    if (at === '' || !Number.isInteger(index) || index < 0 || index >= doors.n) return null;
    const unit = unitAt === undefined ? undefined : doors.units.get(index)?.[Number(unitAt)];
    if (unitAt !== undefined && unit === undefined) return null;
    const part = unit === undefined ? null : [unit];
    const own = holding.get(index);
    holding.set(index, own === undefined ? part : joinParts(doors, index, own, part));
  }
  return holding;
}
