import type { DoorId } from '../kernel/ids.ts';
import type { Door } from '../model/door.ts';
import type { PacketUnit } from '../model/packet.ts';
import { unitKey } from '../model/unit-name.ts';

type ListedUnit = Pick<Door, 'id' | 'unit'>;

/** Units that somebody wants to add, by what may be done with them. */
export interface SortedUnits {
  /** To be added; with an id where the chapter knows the dwelling. */
  readonly fresh: readonly { readonly unit: string; readonly id: DoorId | null }[];
  /** The doors of the list that they are, however they were typed. */
  readonly listed: readonly ListedUnit[];
  /** Another open turf has them. */
  readonly held: readonly string[];
  /** Somebody there asked not to be contacted. */
  readonly flagged: readonly string[];
}

/** Sorts units by what the list, and the chapter beside it, know of them. */
export function sortFound(
  units: readonly string[],
  listed: readonly ListedUnit[],
  beside: readonly PacketUnit[],
): SortedUnits {
  const own = new Map(listed.map((door) => [unitKey(door.unit), door]));
  const known = new Map(beside.map((unit) => [unitKey(unit.unit), unit]));
  const sorted = {
    fresh: [] as { unit: string; id: DoorId | null }[],
    listed: [] as ListedUnit[],
    held: [] as string[],
    flagged: [] as string[],
  };
  for (const unit of units) {
    const [door, there] = [own.get(unitKey(unit)), known.get(unitKey(unit))];
    if (door !== undefined) sorted.listed.push(door);
    else if (there?.doNotContact === true) sorted.flagged.push(unit);
    else if (there?.held === true) sorted.held.push(unit);
    else sorted.fresh.push({ unit: there?.unit ?? unit, id: there?.id ?? null });
  }
  return sorted;
}
