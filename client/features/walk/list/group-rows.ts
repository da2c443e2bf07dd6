import type { Building } from '#shared/model/door.ts';
import type { DoorRow } from '../door-row.ts';

export interface BuildingGroup {
  readonly key: string;
  readonly building: Building;
  readonly rows: readonly DoorRow[];
}

export interface StreetSection {
  readonly key: string;
  readonly street: string;
  readonly buildings: readonly BuildingGroup[];
  /** Doors in it, as shown. */
  readonly doors: number;
}

/** From this many doors on, a building folds up and opens on a tap. */
export const TOWER = 6;

/** Sections with more buildings are split, so that what is far away need not be drawn. */
const SECTION = 60;

interface OpenSection {
  street: string;
  doors: number;
  buildings: { building: Building; rows: DoorRow[] }[];
}

function gather(rows: readonly DoorRow[]): readonly OpenSection[] {
  const sections: OpenSection[] = [];
  for (const row of rows) {
    let section = sections.at(-1);
    let group = section?.buildings.at(-1);
    const full = section !== undefined && section.buildings.length >= SECTION;
    const another = group?.building.id !== row.building.id;
    if (section?.street !== row.building.street || (full && another)) {
      section = { street: row.building.street, doors: 0, buildings: [] };
      sections.push(section);
      group = undefined;
    }
    if (group === undefined || another) {
      group = { building: row.building, rows: [] };
      section.buildings.push(group);
    }
    group.rows.push(row);
    section.doors += 1;
  }
  return sections;
}

/** Names things by what they are and how often that came before: the same after a door has left. */
function makeKeys(): (name: string) => string {
  const seen = new Map<string, number>();
  return (name) => {
    const times = seen.get(name) ?? 0;
    seen.set(name, times + 1);
    return `${name} ${times}`;
  };
}

/**
 * The rows as streets and buildings. The order is the walk's and is never changed: a street that
 * the walk comes back to gets a second section.
 */
export function groupRows(rows: readonly DoorRow[]): readonly StreetSection[] {
  const sectionKey = makeKeys();
  const buildingKey = makeKeys();
  return gather(rows).map(({ street, doors, buildings }) => ({
    key: sectionKey(street),
    street,
    doors,
    buildings: buildings.map((each) => ({ ...each, key: buildingKey(each.building.id) })),
  }));
}
