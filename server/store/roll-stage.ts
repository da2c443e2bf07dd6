import type { ImportId } from '#shared/kernel/ids.ts';
import type { Election } from '#shared/roll/election.ts';
import type { RollVoter } from '#shared/roll/roll-voter.ts';
import { BulkInsert } from './bulk-insert.ts';
import type { Sqlite, StatementSync } from './sqlite.ts';
import type { KnownPlace, StagedPlaces } from './staged-places.ts';

/** A building that has no row yet, by its number among the staged places. */
export interface NewBuilding {
  readonly building: number;
  readonly id: string;
  readonly addressKey: string;
  readonly number: string;
  readonly street: string;
  readonly city: string;
  readonly zip: string;
}
/** A building whose row has another place than this roll. */
export interface MovedBuilding {
  readonly building: number;
  readonly was: KnownPlace;
}
export interface NewDoor {
  readonly door: number;
  readonly id: string;
  readonly unitKey: string;
}
/** What of a person a row of the roll has, and no more: many wait to be written together. */
export type StagedVoter = Omit<RollVoter, 'address' | 'voted' | 'notes' | 'districts'>;
export interface StagedPerson extends StagedVoter {
  readonly line: number;
  readonly districts: string | null;
  readonly addressShown: string;
  readonly door: number;
  /** 0 until the person has a row. */
  key: number;
  /** The door of somebody whom the chapter knows already. */
  readonly knownDoorKey: number | null;
  /** Empty for them. */
  readonly id: string;
  /** Has asked not to be contacted, by what the chapter knows of them under this or another id. */
  readonly suppressed: boolean;
  /** Elections with the way of voting, each by its number among the ways. */
  readonly votes: readonly number[];
}
export type Vote = readonly [election: string, method: string];
export interface Fault {
  readonly line: number;
  readonly kind: 'rejected' | 'unplaced' | 'noted';
  readonly reason: string;
  readonly cells: readonly string[];
}
/** Some rows made ready to be written, with what they need that the chapter does not have. */
export interface StagedRows {
  readonly people: readonly StagedPerson[];
  readonly buildings: readonly NewBuilding[];
  readonly moved: readonly MovedBuilding[];
  readonly doors: readonly NewDoor[];
  readonly faults: readonly Fault[];
}

export const VOTER_COLUMNS =
  'person_key import_id line first_name middle_name last_name name_suffix sex age birth_year party registered_on status phone email precinct address adult_on language districts'.split(
    ' ',
  );

/** Rows of one write: some 5 ms. */
const SLICE = 1000;

/** More items than a batch has. */
const MANY = 2 ** 20;

/**
 * Roughly in the order of their ids: by the first eight letters, as numbers, which the engine sorts
 * a hundred times faster than strings.
 */
function byId<T extends { readonly id: string }>(items: readonly T[]): T[] {
  const places = items.map(({ id }, i) => parseInt(id.slice(0, 8), 16) * MANY + i);
  return inOrder(items, places);
}

function byKey<T extends { readonly key: number }>(items: readonly T[]): T[] {
  return inOrder(
    items,
    items.map(({ key }, i) => key * MANY + i),
  );
}

function inOrder<T>(items: readonly T[], places: readonly number[]): T[] {
  return Array.from(Float64Array.from(places).sort(), (place) => items[place % MANY] as T);
}

/**
 * Sets a connection up for much writing: room for the indexes whose keys come in no order, and
 * checkpoints when we say so, outside the turns in which others wait.
 */
export function tuneForImport(sqlite: Sqlite): void {
  sqlite.exec('PRAGMA cache_size = -32768');
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
  readonly #places: StagedPlaces;

  constructor(sqlite: Sqlite, importId: ImportId, now: number, places: StagedPlaces) {
    this.#sqlite = sqlite;
    this.#places = places;
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
  *writes(
    { people, buildings, moved, doors, faults }: StagedRows,
    votes: readonly Vote[],
  ): Generator<() => void> {
    yield* this.#slices(byId(buildings), (some) => this.#addBuildings(some));
    yield* this.#slices(moved, (some) => this.#movePlaces(some));
    yield* this.#slices(byId(doors), (some) => this.#addDoors(some));
    const newPeople = byId(people.filter(({ key }) => key === 0));
    yield* this.#slices(newPeople, (some) => this.#addPeople(some));
    const inOrder = byKey(people);
    yield* this.#slices(inOrder, (some) => this.#addVoters(some));
    yield* this.#slices(inOrder, (some) => this.#addVotes(some, votes));
    yield* this.#slices(faults, (some) => this.#addFaults(some));
  }

  *#slices<T>(items: readonly T[], write: (some: readonly T[]) => void): Generator<() => void> {
    for (let at = 0; at < items.length; at += SLICE) {
      yield () => write(items.slice(at, at + SLICE));
    }
  }

  #addBuildings(buildings: readonly NewBuilding[]): void {
    let last = this.#lastKey('buildings');
    for (const { building, id, addressKey, number, street, city, zip } of buildings) {
      this.#places.setKey(building, ++last);
      const { lon, lat, grade, precinct } = this.#places.placeOf(building);
      const place = [number, street, city, zip, lon, lat, grade, precinct];
      this.#buildings.add(last, id, addressKey, ...place);
    }
    this.#buildings.flush();
  }

  #movePlaces(buildings: readonly MovedBuilding[]): void {
    for (const { building, was } of buildings) {
      const { lon, lat, grade, precinct } = this.#places.placeOf(building);
      const before = [was.lon, was.lat, was.grade, was.precinct];
      this.#place.run(this.#places.keyOf(building), lon, lat, grade, precinct, ...before);
    }
  }

  #addDoors(doors: readonly NewDoor[]): void {
    let last = this.#lastKey('doors');
    const places = this.#places;
    for (const { door, id, unitKey } of doors) {
      places.setDoorKey(door, ++last);
      const building = places.keyOf(places.buildingOf(door));
      this.#doors.add(last, id, building, places.unitOf(door), unitKey);
    }
    this.#doors.flush();
  }

  #addPeople(people: readonly StagedPerson[]): void {
    let last = this.#lastKey('people');
    for (const person of people) {
      person.key = ++last;
      const door = this.#places.doorKeyOf(person.door);
      this.#people.add(last, person.id, 'voter', person.sourceId, door);
    }
    this.#people.flush();
  }

  #addVoters(people: readonly StagedPerson[]): void {
    for (const person of people) {
      const { key, knownDoorKey } = person;
      const door = this.#places.doorKeyOf(person.door);
      if (knownDoorKey !== null && knownDoorKey !== door) this.#moves.run(key, door);
      if (person.suppressed) this.#optOut.run(key, this.#now);
      this.#writeVoter(person);
    }
    this.#voters.flush();
  }

  #addFaults(faults: readonly Fault[]): void {
    for (const { line, kind, reason, cells } of faults) {
      this.#faults.add(this.#importId, line, kind, reason, JSON.stringify(cells));
    }
    this.#faults.flush();
  }

  #writeVoter(voter: StagedPerson): void {
    this.#voters.add(
      voter.key,
      this.#importId,
      voter.line,
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
      voter.addressShown,
      voter.adultOn,
      voter.language,
      voter.districts,
    );
  }

  /** One call an election and way of voting: a roll has several times as many votes as people. */
  #addVotes(people: readonly StagedPerson[], ways: readonly Vote[]): void {
    const keysOf: number[][] = [];
    for (const { key, votes } of people) {
      for (const way of votes) (keysOf[way] ??= []).push(key);
    }
    for (const [way, keys] of keysOf.entries()) {
      const vote = ways[way];
      if (keys === undefined || vote === undefined) continue;
      this.#voted.run(vote[0], vote[1], `[${keys.join(',')}]`);
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
