import type { PlaceGrade } from '#shared/model/door.ts';
import { eachRow } from './each-row.ts';
import { addDoor, type StagedBuilding } from './roll-stage.ts';
import type { Sqlite, StatementSync } from './sqlite.ts';

interface BuildingRow {
  readonly key: number;
  readonly addressKey: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly grade: PlaceGrade;
  readonly precinct: string | null;
}
interface DoorRow {
  readonly key: number;
  readonly buildingKey: number;
  readonly unit: string;
  readonly unitKey: string;
}

/** The buildings and doors that the chapter has, by the key of their address. */
export function readKnownPlaces(sqlite: Sqlite): Map<string, StagedBuilding> {
  const byAddress = new Map<string, StagedBuilding>();
  const byKey = new Map<number, StagedBuilding>();
  const buildings = sqlite.prepare(
    'select key, address_key as addressKey, lon, lat, grade, precinct from buildings',
  );
  for (const row of eachRow<BuildingRow>(buildings)) {
    const { key, lon, lat, grade, precinct } = row;
    const building: StagedBuilding = {
      key,
      fresh: null,
      lon,
      lat,
      grade,
      reason: null,
      precinct,
      was: null,
      checked: false,
      used: false,
      door: null,
      others: null,
    };
    byAddress.set(row.addressKey, building);
    byKey.set(key, building);
  }
  const doors = sqlite.prepare(`select key, building_key as buildingKey, unit,
    unit_key as unitKey from doors`);
  for (const row of eachRow<DoorRow>(doors)) {
    const building = byKey.get(row.buildingKey);
    const { key, unit, unitKey } = row;
    if (building !== undefined) addDoor(building, { key, id: '', unit, unitKey, used: false });
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
