import type { PlaceGrade } from '#shared/model/door.ts';
import { eachRow } from './each-row.ts';
import type { StagedBuilding, StagedDoor } from './roll-stage.ts';
import type { Sqlite, StatementSync } from './sqlite.ts';

interface BuildingRow {
  readonly key: number;
  readonly id: string;
  readonly addressKey: string;
  readonly number: string;
  readonly street: string;
  readonly city: string;
  readonly zip: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly grade: PlaceGrade;
  readonly precinct: string | null;
}
interface DoorRow {
  readonly key: number;
  readonly id: string;
  readonly buildingKey: number;
  readonly unit: string;
  readonly unitKey: string;
}

/** The buildings and doors that the chapter has, by the key of their address. */
export function readKnownPlaces(sqlite: Sqlite): Map<string, StagedBuilding> {
  const byAddress = new Map<string, StagedBuilding>();
  const byKey = new Map<number, StagedBuilding>();
  const buildings = sqlite.prepare(`select key, id, address_key as addressKey, number, street,
    city, zip, lon, lat, grade, precinct from buildings`);
  for (const row of eachRow<BuildingRow>(buildings)) {
    const { key, id, addressKey, precinct, ...place } = row;
    const building: StagedBuilding = {
      key,
      id,
      match: { ...place, key: addressKey, reason: null },
      precinct,
      stale: false,
      checked: false,
      doors: new Map(),
    };
    byAddress.set(addressKey, building);
    byKey.set(key, building);
  }
  const doors = sqlite.prepare(`select key, id, building_key as buildingKey, unit,
    unit_key as unitKey from doors`);
  for (const row of eachRow<DoorRow>(doors)) {
    const door: StagedDoor = {
      key: row.key,
      id: row.id,
      unit: row.unit,
      unitKey: row.unitKey,
    };
    byKey.get(row.buildingKey)?.doors.set(row.unitKey, door);
  }
  return byAddress;
}

export interface KnownPerson {
  readonly key: number;
  readonly doorKey: number;
}

/** Finds the people of earlier rolls by the roll's own id. */
export class PeopleLookup {
  readonly #find: StatementSync | null;

  constructor(sqlite: Sqlite) {
    const any = sqlite.prepare(`select 1 from people where source_id is not null limit 1`).get();
    this.#find =
      any === undefined
        ? null
        : sqlite.prepare(`select key, door_key as doorKey from people where source_id = ?`);
  }

  find(sourceId: string): KnownPerson | null {
    return (this.#find?.get(sourceId) as KnownPerson | undefined) ?? null;
  }
}
