import type { DoorId } from '#shared/kernel/ids.ts';
import type { PacketUnit } from '#shared/model/packet.ts';
import { sameUnit } from '#shared/walk/name-units.ts';

/** Units that somebody wants to add, by what may be done with them. */
export interface SortedUnits {
  /** To be added; with an id where the chapter knows the dwelling. */
  readonly fresh: readonly { readonly unit: string; readonly id: DoorId | null }[];
  readonly listed: readonly string[];
  /** Another open turf has them. */
  readonly held: readonly string[];
  /** Somebody there asked not to be contacted. */
  readonly flagged: readonly string[];
}

/** Sorts units by what the list, and the chapter beside it, know of them. */
export function sortFound(
  units: readonly string[],
  listed: readonly string[],
  beside: readonly PacketUnit[],
): SortedUnits {
  const own = new Set(listed.map(sameUnit));
  const known = new Map(beside.map((unit) => [sameUnit(unit.unit), unit]));
  const sorted = {
    fresh: [] as { unit: string; id: DoorId | null }[],
    listed: [] as string[],
    held: [] as string[],
    flagged: [] as string[],
  };
  for (const unit of units) {
    const there = known.get(sameUnit(unit));
    if (own.has(sameUnit(unit))) sorted.listed.push(unit);
    else if (there?.doNotContact === true) sorted.flagged.push(unit);
    else if (there?.held === true) sorted.held.push(unit);
    else sorted.fresh.push({ unit: there?.unit ?? unit, id: there?.id ?? null });
  }
  return sorted;
}
