import type { DoorRow } from '../door-row.ts';
import { groupRows, type BuildingGroup, type StreetSection } from './group-rows.ts';

function isSame<T>(before: readonly T[], after: readonly T[]): boolean {
  return before.length === after.length && before.every((each, at) => each === after[at]);
}

function keepSection(before: StreetSection | undefined, after: StreetSection): StreetSection {
  if (before === undefined) return after;
  const known = new Map(before.buildings.map((group) => [group.key, group]));
  const buildings = after.buildings.map((group): BuildingGroup => {
    const kept = known.get(group.key);
    return kept?.building === group.building && isSame(kept.rows, group.rows) ? kept : group;
  });
  return isSame(before.buildings, buildings) ? before : { ...after, buildings };
}

/**
 * Makes the function that groups the rows of the list. A street or building that did not change is
 * the same object as before, so that one knock draws one street again and not the whole list.
 */
export function makeRowGrouper(): (rows: readonly DoorRow[]) => readonly StreetSection[] {
  let before: ReadonlyMap<string, StreetSection> = new Map();
  return (rows) => {
    const sections = groupRows(rows).map((each) => keepSection(before.get(each.key), each));
    before = new Map(sections.map((section) => [section.key, section]));
    return sections;
  };
}
