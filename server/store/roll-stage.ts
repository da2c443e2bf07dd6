import type { ImportId } from '#shared/kernel/ids.ts';
import type { PlaceGrade } from '#shared/model/door.ts';
import type { Election } from '#shared/roll/election.ts';
import type { MatchedAddress, UnplacedReason } from '#shared/roll/match-address.ts';
import type { RollVoter } from '#shared/roll/roll-voter.ts';
import { BulkInsert } from './bulk-insert.ts';
import type { Sqlite, StatementSync } from './sqlite.ts';

/** A building met in this import; `key` is 0 until it has a row. */
export interface StagedBuilding {
  key: number;
  /** What only a new row needs; let go when it is written, as a large roll has many. */
  fresh: NewBuilding | null;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly grade: PlaceGrade;
  readonly reason: UnplacedReason | null;
  readonly precinct: string | null;
  /** What the row that stands says of its place, when that is something else; null otherwise. */
  was: KnownPlace | null;
  /** False for a row of an earlier import that this one has not met yet. */
  readonly checked: boolean;
  /** True when somebody of this roll lives there. */
  used: boolean;
  /** The first door; most buildings have no other. See findDoor and addDoor. */
  door: StagedDoor | null;
  others: Map<string, StagedDoor> | null;
}
export type KnownPlace = Pick<StagedBuilding, 'lon' | 'lat' | 'grade' | 'precinct'>;
export interface NewBuilding {
  readonly id: string;
  /** The address with its key, as matched. */
  readonly match: MatchedAddress;
}
export interface StagedDoor {
  key: number;
  /** Empty once the door has a row. */
  id: string;
  readonly unit: string;
  readonly unitKey: string;
  used: boolean;
}
export interface StagedPerson {
  readonly line: number;
  readonly voter: RollVoter;
  readonly addressShown: string;
  readonly building: StagedBuilding;
  readonly door: StagedDoor;
  /** 0 until the person has a row. */
  key: number;
  /** The door of somebody whom the chapter knows already. */
  readonly knownDoorKey: number | null;
  readonly id: string;
  /** Has asked not to be contacted, by what the chapter knows of them under this or another id. */
  readonly suppressed: boolean;
}
export interface Fault {
  readonly line: number;
  readonly kind: 'rejected' | 'unplaced' | 'noted';
  readonly reason: string;
  readonly cells: readonly string[];
}

export const VOTER_COLUMNS =
  'person_key import_id line first_name middle_name last_name name_suffix sex age birth_year party registered_on status phone email precinct address adult_on language districts'.split(
    ' ',
  );

/** Rows of one write: some 5 ms. */
const SLICE = 1000;

/** The door of a unit, by the unit's normal form. */
export function findDoor({ door, others }: StagedBuilding, unitKey: string): StagedDoor | null {
  return door?.unitKey === unitKey ? door : (others?.get(unitKey) ?? null);
}

export function addDoor(building: StagedBuilding, door: StagedDoor): void {
  if (building.door === null) building.door = door;
  else (building.others ??= new Map<string, StagedDoor>()).set(door.unitKey, door);
}

const isNew = ({ key }: { readonly key: number }): boolean => key === 0;

/** More items than a batch has. */
const MANY = 2 ** 20;

/**
 * Roughly in the order of their ids: by the first eight letters, as numbers, which the engine sorts
 * a hundred times faster than strings.
 */
function byId<T>(items: readonly T[], idOf: (item: T) => string): T[] {
  const places = items.map((item, i) => parseInt(idOf(item).slice(0, 8), 16) * MANY + i);
  return Array.from(Float64Array.from(places).sort(), (place) => items[place % MANY] as T);
}

function byKey<T extends { readonly key: number }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => a.key - b.key);
}

/**
 * Sets a connection up for much writing: room for the indexes whose keys come in no order, and
 * checkpoints when we say so, outside the turns in which others wait.
 */
export function tuneForImport(sqlite: Sqlite): void {
  sqlite.exec('PRAGMA cache_size = -65536');
  sqlite.exec('PRAGMA wal_autocheckpoint = 0');
  sqlite.exec('PRAGMA foreign_keys = OFF');
}

/**
 * Commits without waiting for the disk, until the function that it gives is called: a power cut may
 * then take the last of them, in their order, and so never a commit of anybody else, who waits for
 * the disk and for all that stands before in the log. Good for a roll that does not stand yet.
 */
export function commitLazily(sqlite: Sqlite): () => void {
  const { synchronous } = sqlite.prepare('PRAGMA synchronous').get() as { synchronous: number };
  sqlite.exec(`PRAGMA synchronous = ${Math.min(synchronous, 1)}`);
  return () => sqlite.exec(`PRAGMA synchronous = ${synchronous}`);
}

/** Moves what is committed from the log into the database; nobody waits for it. */
export function checkpoint(sqlite: Sqlite): void {
  sqlite.prepare('PRAGMA wal_checkpoint(PASSIVE)').all();
}

/** Writes the batches of one import into the next roll. */
export class RollStage {
  readonly #sqlite: Sqlite;
  readonly #importId: ImportId;
  readonly #now: number;
  readonly #buildings: BulkInsert;
  readonly #doors: BulkInsert;
  readonly #people: BulkInsert;
  readonly #voters: BulkInsert;
  readonly #voted: StatementSync;
  readonly #faults: BulkInsert;
  readonly #moves: StatementSync;
  readonly #optOut: StatementSync;
  readonly #place: StatementSync;

  constructor(sqlite: Sqlite, importId: ImportId, now: number) {
    this.#sqlite = sqlite;
    this.#now = now;
    this.#importId = importId;
    // The transaction undoes all of it anyway; `abort` would copy each touched page beforehand.
    const into = (table: string, columns: string): BulkInsert =>
      new BulkInsert(sqlite, `insert or fail into ${table}`, columns.split(' '));
    this.#buildings = into(
      'buildings',
      'key id address_key number street city zip lon lat grade precinct',
    );
    this.#doors = into('doors', 'key id building_key unit unit_key');
    this.#people = into('people', 'key id kind source_id door_key');
    this.#voters = into('voters_next', VOTER_COLUMNS.join(' '));
    this.#voted = sqlite.prepare(`insert or ignore into voted_next (person_key, election, method)
      select value, ?, ? from json_each(?)`);
    this.#faults = into('import_faults', 'import_id line kind reason cells');
    this.#moves = sqlite.prepare('insert or replace into roll_moves values (?, ?)');
    // No fact of theirs asked for it: they have come back under another name or number.
    this.#optOut = sqlite.prepare(
      `insert or ignore into opt_outs (person_key, op_id, at) values (?, '', ?)`,
    );
    this.#place = sqlite.prepare(
      `insert or replace into places_next (building_key, lon, lat, grade, precinct,
        was_lon, was_lat, was_grade, was_precinct) values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
  }

  /**
   * The writes of one batch, each of some milliseconds, to be run in this order, in as many
   * transactions as one likes: parents go before their children. What is new is written in the order of its ids, since these come from
   * digests: in the order of the file each transaction would touch every page of every index
   * (measured: twelve times the pages).
   */
  *writes(people: readonly StagedPerson[], faults: readonly Fault[]): Generator<() => void> {
    const buildings = new Set(people.map(({ building }) => building));
    const newBuildings = byId([...buildings].filter(isNew), ({ fresh }) => fresh?.id ?? '');
    yield* this.#slices(newBuildings, (some) => this.#addBuildings(some));
    const moved = [...buildings].filter(({ was }) => was !== null);
    yield* this.#slices(moved, (some) => this.#movePlaces(some));
    const doors = new Map(people.map(({ door, building }) => [door, building]));
    const newDoors = byId([...doors.keys()].filter(isNew), ({ id }) => id);
    yield* this.#slices(newDoors, (some) => this.#addDoors(some, doors));
    const newPeople = byId(people.filter(isNew), ({ id }) => id);
    yield* this.#slices(newPeople, (some) => this.#addPeople(some));
    const inOrder = byKey(people);
    yield* this.#slices(inOrder, (some) => this.#addVoters(some));
    yield* this.#slices(inOrder, (some) => this.#addVotes(some));
    yield* this.#slices(faults, (some) => this.#addFaults(some));
  }

  *#slices<T>(items: readonly T[], write: (some: readonly T[]) => void): Generator<() => void> {
    for (let at = 0; at < items.length; at += SLICE) {
      yield () => write(items.slice(at, at + SLICE));
    }
  }

  #addBuildings(buildings: readonly StagedBuilding[]): void {
    let last = this.#lastKey('buildings');
    for (const building of buildings) {
      const { fresh, lon, lat, grade, precinct } = building;
      if (fresh === null) throw new Error('A new building has no address.');
      const { number, street, city, zip, key } = fresh.match;
      building.key = ++last;
      building.fresh = null;
      const place = [number, street, city, zip, lon, lat, grade, precinct];
      this.#buildings.add(last, fresh.id, key, ...place);
    }
    this.#buildings.flush();
  }

  #movePlaces(buildings: readonly StagedBuilding[]): void {
    for (const building of buildings) {
      const { key, lon, lat, grade, precinct, was } = building;
      if (was === null) continue;
      const before = [was.lon, was.lat, was.grade, was.precinct];
      this.#place.run(key, lon, lat, grade, precinct, ...before);
      building.was = null;
    }
  }

  #addDoors(
    doors: readonly StagedDoor[],
    buildingOf: ReadonlyMap<StagedDoor, StagedBuilding>,
  ): void {
    let last = this.#lastKey('doors');
    for (const door of doors) {
      door.key = ++last;
      this.#doors.add(last, door.id, buildingOf.get(door)?.key ?? 0, door.unit, door.unitKey);
      door.id = '';
    }
    this.#doors.flush();
  }

  #addPeople(people: readonly StagedPerson[]): void {
    let last = this.#lastKey('people');
    for (const person of people) {
      person.key = ++last;
      this.#people.add(last, person.id, 'voter', person.voter.sourceId, person.door.key);
    }
    this.#people.flush();
  }

  #addVoters(people: readonly StagedPerson[]): void {
    for (const person of people) {
      const { key, knownDoorKey, door } = person;
      if (knownDoorKey !== null && knownDoorKey !== door.key) this.#moves.run(key, door.key);
      if (person.suppressed) this.#optOut.run(key, this.#now);
      this.#writeVoter(key, person);
    }
    this.#voters.flush();
  }

  #addFaults(faults: readonly Fault[]): void {
    for (const { line, kind, reason, cells } of faults) {
      this.#faults.add(this.#importId, line, kind, reason, JSON.stringify(cells));
    }
    this.#faults.flush();
  }

  #writeVoter(key: number, { line, voter, addressShown }: StagedPerson): void {
    this.#voters.add(
      key,
      this.#importId,
      line,
      voter.firstName,
      voter.middleName,
      voter.lastName,
      voter.nameSuffix,
      voter.sex,
      voter.age,
      voter.birthYear,
      voter.party,
      voter.registeredOn,
      voter.status,
      voter.phone,
      voter.email,
      voter.precinct,
      addressShown,
      voter.adultOn,
      voter.language,
      voter.districts === null ? null : JSON.stringify(voter.districts),
    );
  }

  /** One call an election and way of voting: a roll has several times as many votes as people. */
  #addVotes(people: readonly StagedPerson[]): void {
    const groups = new Map<string, Map<string, number[]>>();
    for (const { key, voter } of people) {
      for (const [election, method] of voter.voted) {
        let methods = groups.get(election);
        if (methods === undefined) groups.set(election, (methods = new Map()));
        const keys = methods.get(method);
        if (keys === undefined) methods.set(method, [key]);
        else keys.push(key);
      }
    }
    for (const [election, methods] of groups) {
      for (const [method, keys] of methods)
        this.#voted.run(election, method, `[${keys.join(',')}]`);
    }
  }

  #lastKey(table: 'people' | 'buildings' | 'doors'): number {
    const row = this.#sqlite.prepare(`select max(key) as last from ${table}`).get();
    return (row as { last: number | null }).last ?? 0;
  }
}

/** Notes the elections of the next roll. */
export function stageElections(sqlite: Sqlite, elections: readonly Election[]): void {
  const insert = sqlite.prepare('insert or replace into elections_next values (?, ?, ?)');
  for (const { name, label, sortKey } of elections) insert.run(name, label, sortKey);
}
