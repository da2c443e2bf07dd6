import type { PlaceGrade } from '#shared/model/door.ts';
import { bytes, numbers, words } from '#shared/roll/column.ts';
import type { UnplacedReason } from '#shared/roll/match-address.ts';
import { eachRow } from './each-row.ts';
import type { Sqlite } from './sqlite.ts';
import { TextCodes } from './text-codes.ts';
import { TextTable } from './text-table.ts';

/** Where a building stands, as its row says it. */
export interface KnownPlace {
  readonly lon: number | null;
  readonly lat: number | null;
  readonly grade: PlaceGrade;
  readonly precinct: string | null;
}

/** The same, with why it stands nowhere. */
export interface StagedPlace extends KnownPlace {
  readonly reason: UnplacedReason | null;
}

const CHECKED = 1;
const USED = 2;

interface BuildingRow extends KnownPlace {
  readonly key: number;
  readonly addressKey: string;
}
interface DoorRow {
  readonly key: number;
  readonly buildingKey: number;
  readonly unit: string;
  readonly unitKey: string;
}

/**
 * The buildings and doors that the chapter has and those that an import adds, each by a number from 0
 * in the order in which they came. Columns of numbers: some 60 bytes a building with its door, where
 * objects took 500, and a roll has a million.
 */
export class StagedPlaces {
  readonly #buildingAt = new TextTable();
  readonly #key = words();
  readonly #lon = numbers();
  readonly #lat = numbers();
  readonly #grade = bytes();
  readonly #reason = bytes();
  readonly #precinct = words();
  readonly #state = bytes();
  /** The door without a unit, from 1; 0: none. Most buildings have no other. */
  readonly #onlyDoor = words();
  /** The others, by unit. */
  readonly #doorAt = new TextTable();
  readonly #doorKey = words();
  readonly #doorBuilding = words();
  readonly #doorUnit = words();
  readonly #doorUsed = bytes();
  readonly #texts = new TextCodes();
  readonly #precincts = new TextCodes();
  readonly #units = new TextCodes();

  /** Knows the chapter's own from the start. */
  constructor(sqlite: Sqlite) {
    this.#precincts.code('');
    const buildings =
      sqlite.prepare(`select key, address_key as addressKey, lon, lat, grade, precinct
      from buildings order by key`);
    for (const row of eachRow<BuildingRow>(buildings)) {
      const building = this.addBuilding(row.addressKey, { ...row, reason: null });
      this.#key.put(building, row.key);
      this.#state.put(building, 0);
    }
    const doors = sqlite.prepare(`select key, building_key as buildingKey, unit,
      unit_key as unitKey from doors`);
    for (const { key, buildingKey, unit, unitKey } of eachRow<DoorRow>(doors)) {
      const building = this.#withKey(buildingKey);
      if (building >= 0) this.#doorKey.put(this.addDoor(building, unitKey, unit), key);
    }
  }

  /** The building of an address; -1 where there is none. */
  findBuilding(addressKey: string): number {
    return this.#buildingAt.get(addressKey);
  }

  addBuilding(addressKey: string, place: StagedPlace): number {
    const building = this.#key.length;
    this.#buildingAt.set(addressKey, building);
    this.#key.push(0);
    for (const column of [this.#lon, this.#lat]) column.push(0);
    for (const column of [this.#grade, this.#reason, this.#state]) column.push(0);
    this.#precinct.push(0);
    this.#onlyDoor.push(0);
    this.check(building, place);
    return building;
  }

  /** Notes where this import has a building. */
  check(building: number, { lon, lat, grade, reason, precinct }: StagedPlace): void {
    this.#lon.put(building, lon ?? Number.NaN);
    this.#lat.put(building, lat ?? Number.NaN);
    this.#grade.put(building, this.#texts.code(grade));
    this.#reason.put(building, this.#texts.code(reason ?? ''));
    // Nobody's precinct is the empty text.
    this.#precinct.put(building, precinct === null ? 0 : this.#precincts.code(precinct));
    this.#state.put(building, CHECKED);
  }

  /** False for a building of an earlier import that this one has not met yet. */
  isChecked(building: number): boolean {
    return (this.#state.at(building) & CHECKED) !== 0;
  }

  placeOf(building: number): StagedPlace {
    const degrees = (value: number): number | null => (Number.isNaN(value) ? null : value);
    const reason = this.#texts.text(this.#reason.at(building));
    const precinct = this.#precinct.at(building);
    return {
      lon: degrees(this.#lon.at(building)),
      lat: degrees(this.#lat.at(building)),
      grade: this.#texts.text(this.#grade.at(building)) as PlaceGrade,
      reason: reason === '' ? null : (reason as UnplacedReason),
      precinct: precinct === 0 ? null : this.#precincts.text(precinct),
    };
  }

  /** The door of a unit, by the unit's normal form; -1 where there is none. */
  findDoor(building: number, unitKey: string): number {
    if (unitKey === '') return this.#onlyDoor.at(building) - 1;
    return this.#doorAt.get(unitKey, building);
  }

  addDoor(building: number, unitKey: string, unit: string): number {
    const door = this.#doorKey.length;
    if (unitKey === '') this.#onlyDoor.put(building, door + 1);
    else this.#doorAt.set(unitKey, door, building);
    this.#doorKey.push(0);
    this.#doorBuilding.push(building);
    this.#doorUnit.push(this.#units.code(unit));
    this.#doorUsed.push(0);
    return door;
  }

  /** The unit as shown. */
  unitOf(door: number): string {
    return this.#units.text(this.#doorUnit.at(door));
  }

  /** Notes that somebody of this roll lives there; says whether door and building are met first. */
  use(door: number): { readonly newDoor: boolean; readonly newBuilding: boolean } {
    const building = this.#doorBuilding.at(door);
    const newDoor = this.#doorUsed.at(door) === 0;
    const newBuilding = (this.#state.at(building) & USED) === 0;
    this.#doorUsed.put(door, 1);
    this.#state.put(building, this.#state.at(building) | USED);
    return { newDoor, newBuilding };
  }

  /** The row's key; 0 until the building has a row. */
  keyOf(building: number): number {
    return this.#key.at(building);
  }
  setKey(building: number, key: number): void {
    this.#key.put(building, key);
  }
  buildingOf(door: number): number {
    return this.#doorBuilding.at(door);
  }
  doorKeyOf(door: number): number {
    return this.#doorKey.at(door);
  }
  setDoorKey(door: number, key: number): void {
    this.#doorKey.put(door, key);
  }

  /** The building of a row that was read, in the order of keys. */
  #withKey(key: number): number {
    let [low, high] = [0, this.#key.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#key.at(middle) < key) low = middle + 1;
      else high = middle;
    }
    return low < this.#key.length && this.#key.at(low) === key ? low : -1;
  }
}
