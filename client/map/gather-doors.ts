import type { DoorStanding } from '#shared/model/turf.ts';
import type { MapDoors } from './doors-layer.ts';
import type { WalkStop } from './walk-layer.ts';

/** One door with the place of its building. */
export interface PlacedDoor {
  readonly buildingId: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly standing: DoorStanding;
  readonly position: number;
  /** Has knocks that are on this phone only. */
  readonly onPhone?: boolean;
  /** House number. */
  readonly number?: string;
}

export interface GatheredDoors {
  readonly columns: MapDoors;
  /** The building at each index of the columns. */
  readonly buildingIds: readonly string[];
  readonly indexOf: ReadonlyMap<string, number>;
  /** One stop a building, in walk order. */
  readonly walk: readonly WalkStop[];
}

// What still wants a knock shows before what does not: a tower is done when all of it is done.
const FIRST: readonly DoorStanding[] = ['to-do', 'not-home', 'contact', 'done', 'do-not-contact'];

/**
 * Doors as one mark a building for the map. `doors` of the columns counts the doors that are still
 * to do where there are any, else all of them. Doors without a place are left out.
 */
export function gatherDoors(doors: readonly PlacedDoor[]): GatheredDoors {
  const groups = new Map<string, PlacedDoor[]>();
  for (const door of [...doors].sort((a, b) => a.position - b.position)) {
    if (door.lon === null || door.lat === null) continue;
    const group = groups.get(door.buildingId);
    if (group) group.push(door);
    else groups.set(door.buildingId, [door]);
  }
  const buildingIds = [...groups.keys()];
  const buildings = [...groups.values()];
  const first = (group: readonly PlacedDoor[]): PlacedDoor => group[0] as PlacedDoor;
  const countOf = (group: readonly PlacedDoor[]): number =>
    group.filter(({ standing }) => standing === 'to-do').length || group.length;
  return {
    columns: {
      lon: Float64Array.from(buildings, (group) => first(group).lon ?? 0),
      lat: Float64Array.from(buildings, (group) => first(group).lat ?? 0),
      doors: Uint16Array.from(buildings, countOf),
      standing: buildings.map((group) => standingOf(group)),
      onPhone: Uint8Array.from(buildings, (group) =>
        group.some(({ onPhone }) => onPhone === true) ? 1 : 0,
      ),
      number: buildings.map((group) => first(group).number ?? ''),
    },
    buildingIds,
    indexOf: new Map(buildingIds.map((id, i) => [id, i])),
    walk: buildings.map((group) => ({
      lon: first(group).lon ?? 0,
      lat: first(group).lat ?? 0,
      position: first(group).position,
    })),
  };
}

/** What a building shows for all its doors. */
function standingOf(group: readonly PlacedDoor[]): DoorStanding {
  return FIRST.find((standing) => group.some((door) => door.standing === standing)) ?? 'to-do';
}
