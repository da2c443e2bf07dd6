import { hash } from 'node:crypto';
import type { ImportId } from '#shared/kernel/ids.ts';
import { problem, ProblemError } from '#shared/kernel/problem.ts';
import { fail, type Result } from '#shared/kernel/result.ts';
import type { ImportReport, AppliedMapping } from '#shared/model/roll.ts';
import { normaliseUnit, showUnit } from '#shared/model/unit-name.ts';
import type { Election } from '#shared/roll/election.ts';
import type { makePrecinctFinder } from '#shared/roll/find-precinct.ts';
import { buildingId, doorId, voterId } from '#shared/roll/group-doors.ts';
import type { AddressIndex, MatchedAddress } from '#shared/roll/match-address.ts';
import { isForbiddenCell, isForbiddenHeader } from '#shared/roll/forbidden-header.ts';
import { remember } from '#shared/roll/remember.ts';
import { repairCase } from '#shared/roll/repair-case.ts';
import type { RejectReason, RollVoter } from '#shared/roll/roll-voter.ts';
import { makeRowReader } from '#shared/roll/row-to-voter.ts';
import { PeopleLookup } from '../store/roll-known.ts';
import type { Fault, StagedPerson, StagedRows, Vote } from '../store/roll-stage.ts';
import type { KnownPlace, StagedPlaces } from '../store/staged-places.ts';
import type { Sqlite } from '../store/sqlite.ts';
import type { HistoryByVoter } from './read-history.ts';
import { PlacementsCsv } from './placements-csv.ts';
import { type MarkLookup, readMarks } from './read-marks.ts';
import { isBlankRow, readRows } from './read-rows.ts';
import { SeenIds } from './seen-ids.ts';
import { findUnread } from './unread-columns.ts';
import { VoteWays } from './vote-ways.ts';

export interface StageJob {
  readonly importId: ImportId;
  readonly path: string;
  readonly mapping: AppliedMapping;
  /** The chapter's day, `YYYY-MM-DD`. */
  readonly today: string;
  /** Where to write where each record was placed; null: nowhere. */
  readonly placements: string | null;
}

/** Some rows made ready to be written, with how far the file has been read. */
export interface StagedBatch extends StagedRows {
  readonly rows: number;
  readonly bytesRead: number;
}

/** The same while it is filled. */
type Filling = { readonly [List in keyof StagedRows]: StagedRows[List][number][] };

function emptyBatch(): Filling {
  return { people: [], buildings: [], moved: [], doors: [], faults: [] };
}

/** Bytes of the file whose rows wait together: their cells keep its text from being let go. */
const MOST_TEXT = 16 * 2 ** 20;

type Counts = Omit<ImportReport, 'added' | 'changed' | 'moved' | 'same' | 'gone'>;

/** Rows in other letters that a report names; the others are counted. */
const FOREIGN_SHOWN = 1000;

/** By way of a string, which costs half of what a buffer does; an id takes 16 bytes of it. */
function digest(text: string): Uint8Array {
  const letters = hash('sha256', text, 'binary');
  const bytes = new Uint8Array(16);
  for (let i = 0; i < 16; i++) bytes[i] = letters.charCodeAt(i);
  return bytes;
}

/**
 * Reads a voter file into batches for the store: every row becomes a person, a repetition of one,
 * or a fault. Nothing is written here; reads the chapter's people and doors through `sqlite`.
 */
export class RollStager {
  readonly #job: StageJob;
  readonly #index: AddressIndex;
  readonly #precinctAt: (lon: number, lat: number) => string | null;
  readonly #people: PeopleLookup;
  readonly #marks: MarkLookup;
  readonly #places: StagedPlaces;
  readonly #votes: VoteWays;
  readonly #placements: PlacementsCsv | null;
  readonly #seen = new SeenIds();
  readonly #placed = { exact: 0, tolerant: 0, interpolated: 0, given: 0, settled: 0 };
  readonly #rejected: Record<string, number> = {};
  readonly #unplaced: Record<string, number> = {};
  readonly #noted: Record<string, number> = {};
  #doors = 0;
  #buildingsUsed = 0;
  readonly #unitKey = remember(normaliseUnit);
  /** Columns of the file that no list of faults may show. */
  #hidden: readonly number[] = [];
  /** A birth date says who is a child, and nothing else of it is kept. */
  #minorsOnly = false;
  /** Where the voter's id stands. */
  #idColumn = -1;
  /** Lines in other letters than UTF-8, which is a fault only where others are UTF-8. */
  readonly #foreign: Fault[] = [];
  #foreignCount = 0;
  #accented = false;
  #lastNoted = 0;
  #rows = 0;
  #repeated = 0;
  #peopleCount = 0;
  #suppressed = 0;
  #minors = 0;

  constructor(
    job: StageJob,
    place: {
      readonly index: AddressIndex;
      readonly precinctAt: ReturnType<typeof makePrecinctFinder>;
    },
    history: HistoryByVoter,
    places: StagedPlaces,
    sqlite: Sqlite,
  ) {
    this.#job = job;
    this.#index = place.index;
    this.#precinctAt = place.precinctAt;
    this.#votes = new VoteWays(history);
    this.#placements = job.placements === null ? null : new PlacementsCsv(job.placements);
    this.#people = new PeopleLookup(sqlite);
    this.#marks = readMarks(sqlite);
    this.#places = places;
  }

  /** The file's rows, `size` at a time. */
  *batches(size: number): Generator<StagedBatch> {
    const { path, mapping, today } = this.#job;
    const headerLine = mapping.headerLine ?? 1;
    let read: ReturnType<typeof makeRowReader> | null = null;
    let batch = emptyBatch();
    let bytesRead = 0;
    let begun = 0;
    for (const block of readRows(path, mapping)) {
      ({ bytesRead } = block);
      this.#accented ||= block.accented;
      for (const [i, cells] of block.rows.entries()) {
        const line = block.lines[i] ?? 0;
        if (line < headerLine || isBlankRow(cells)) continue;
        if (read === null) {
          const named = headerLine > 0;
          this.#hidden = cells.flatMap((name, at) =>
            named && isForbiddenHeader(name) ? [at] : [],
          );
          const columns = mapping.columns.filter(({ column }) => !this.#hidden.includes(column));
          const unread = findUnread(named ? cells : null, mapping, columns);
          this.#hidden = [...this.#hidden, ...unread.hidden];
          this.#minorsOnly = unread.birthDate !== null;
          if (unread.birthDate !== null) {
            columns.push({ column: unread.birthDate, field: 'birth-date' });
          }
          this.#idColumn = columns.find(({ field }) => field === 'voter-id')?.column ?? -1;
          read = makeRowReader(columns, cells.length, today, mapping.layout);
          if (named) continue;
        }
        const damage = block.damaged.get(i);
        this.#takeRow(damage === undefined ? read(cells) : fail(damage), cells, line, batch);
        if (block.foreign.has(line)) this.#noteForeign(line, cells);
        const many = batch.people.length + batch.faults.length >= size;
        if (many || bytesRead > begun + MOST_TEXT) {
          yield { ...batch, rows: this.#rows, bytesRead };
          batch = emptyBatch();
          begun = bytesRead;
        }
      }
    }
    this.#placements?.close();
    if (this.#accented && this.#foreignCount > 0) {
      this.#noted['mixed-letters'] = this.#foreignCount;
      batch.faults.push(...this.#foreign);
    }
    yield { ...batch, rows: this.#rows, bytesRead };
    if (this.#rows === 0) throw new ProblemError(problem('roll-empty'));
  }

  /** The ways of voting that people of a batch name by number. */
  get ways(): readonly Vote[] {
    return this.#votes.ways;
  }

  elections(): Election[] {
    return this.#votes.elections();
  }

  counts(): Counts {
    const sum = (counts: Record<string, number>): number =>
      Object.values(counts).reduce((total, count) => total + count, 0);
    return {
      rows: this.#rows,
      people: this.#peopleCount,
      repeated: this.#repeated,
      rejected: sum(this.#rejected),
      doors: this.#doors,
      buildings: this.#buildingsUsed,
      placed: { ...this.#placed },
      unplaced: sum(this.#unplaced),
      suppressed: this.#suppressed,
      minors: this.#minors,
      rejectedByReason: this.#rejected,
      unplacedByReason: this.#unplaced,
      notedByReason: this.#noted,
    };
  }

  #takeRow(
    found: Result<RollVoter, RejectReason>,
    cells: readonly string[],
    line: number,
    batch: Filling,
  ): void {
    const { people, faults } = batch;
    this.#rows++;
    if (!found.ok) {
      this.#rejected[found.problem] = (this.#rejected[found.problem] ?? 0) + 1;
      faults.push({ line, kind: 'rejected', reason: found.problem, cells: this.#shown(cells) });
      this.#placements?.addUnread(line, cells[this.#idColumn]?.trim() ?? '', 'rejected');
      return;
    }
    const read = this.#withPlace(found.value);
    const voter = this.#minorsOnly ? { ...read, age: null, birthYear: null } : read;
    // Somebody whose row comes again may have voted in an election that nobody else did.
    const votes = this.#votes.of(voter);
    if (this.#seen.add(voter.sourceId)) {
      this.#repeated++;
      this.#placements?.addUnread(line, voter.sourceId, 'repeated');
      return;
    }
    const match = this.#index.match(voter.address);
    const unitKey = this.#unitKey(`${voter.address.unitType} ${voter.address.unit}`);
    const { sourceId, firstName, lastName } = voter;
    const marked = this.#marks.find({
      sourceId,
      firstName,
      lastName,
      addressKey: match.key,
      unitKey,
    });
    if (marked === 'erased') {
      // Not even among the rejected rows: their cells are kept.
      this.#rejected['erased'] = (this.#rejected['erased'] ?? 0) + 1;
      this.#placements?.addUnread(line, '', 'rejected');
      return;
    }
    if (marked === 'suppressed') this.#suppressed++;
    if (voter.adultOn !== null) this.#minors++;
    const building = this.#building(match, voter.precinct, batch);
    const door = this.#door(building, voter, match, unitKey, batch);
    const suppressed = marked === 'suppressed';
    people.push(this.#person({ line, voter, match, door, votes, suppressed }));
    this.#peopleCount++;
    const note = voter.notes[0];
    if (note !== undefined) {
      this.#noted[note.reason] = (this.#noted[note.reason] ?? 0) + 1;
      this.#lastNoted = line;
      faults.push({ line, kind: 'noted', reason: note.reason, cells: this.#shown(cells) });
    }
    const { grade, reason, lon, lat, precinct } = this.#places.placeOf(building);
    const { score, addressId } = match;
    this.#placements?.add({
      line,
      id: sourceId,
      addressId,
      grade,
      score,
      lon,
      lat,
      precinct,
    });
    if (grade !== 'none') this.#placed[grade]++;
    else {
      const why = reason ?? 'number-unknown';
      this.#unplaced[why] = (this.#unplaced[why] ?? 0) + 1;
      faults.push({ line, kind: 'unplaced', reason: why, cells: this.#shown(cells) });
    }
  }

  #noteForeign(line: number, cells: readonly string[]): void {
    this.#foreignCount++;
    // A row has one remark.
    if (this.#foreign.length >= FOREIGN_SHOWN || this.#lastNoted === line) return;
    this.#foreign.push({ line, kind: 'noted', reason: 'mixed-letters', cells: this.#shown(cells) });
  }

  #shown(cells: readonly string[]): readonly string[] {
    const bad = cells.some((cell) => cell.includes('\0') || isForbiddenCell(cell));
    if (!bad && this.#hidden.length === 0) return cells;
    return cells.map((cell, at) =>
      this.#hidden.includes(at) || isForbiddenCell(cell) ? '' : cell.replaceAll('\0', '␀'),
    );
  }

  /** Coordinates that can be right only if the chapter's are not are put right or left out. */
  #withPlace(voter: RollVoter): RollVoter {
    const mended = this.#index.box.mend(voter.address);
    if (mended === null) return voter;
    const { lon, lat, reason } = mended;
    const address = { ...voter.address, lon, lat };
    return { ...voter, address, notes: [{ reason, field: 'lat' }, ...voter.notes] };
  }

  #door(
    building: number,
    { address }: RollVoter,
    { key }: MatchedAddress,
    unitKey: string,
    { doors }: Filling,
  ): number {
    const places = this.#places;
    let door = places.findDoor(building, unitKey);
    if (door < 0) {
      door = places.addDoor(building, unitKey, showUnit(address.unit, address.unitType));
      doors.push({ door, id: doorId(key, unitKey, digest), unitKey });
    }
    const { newDoor, newBuilding } = places.use(door);
    if (newDoor) this.#doors++;
    if (newBuilding) this.#buildingsUsed++;
    return door;
  }

  /** Field by field: spreading costs as much here as matching the address. */
  #person(found: {
    readonly line: number;
    readonly voter: RollVoter;
    readonly match: MatchedAddress;
    readonly door: number;
    readonly votes: readonly number[];
    readonly suppressed: boolean;
  }): StagedPerson {
    const { line, voter, match, door, votes, suppressed } = found;
    const known = this.#people.find(voter.sourceId);
    const unit = this.#places.unitOf(door);
    return {
      line,
      sourceId: voter.sourceId,
      firstName: voter.firstName,
      middleName: voter.middleName,
      lastName: voter.lastName,
      nameSuffix: voter.nameSuffix,
      sex: voter.sex,
      age: voter.age,
      birthYear: voter.birthYear,
      adultOn: voter.adultOn,
      party: voter.party,
      registeredOn: voter.registeredOn,
      status: voter.status,
      phone: voter.phone,
      email: voter.email,
      precinct: voter.precinct,
      language: voter.language,
      districts: voter.districts === null ? null : JSON.stringify(voter.districts),
      addressShown: `${match.number} ${match.street}${unit === '' ? '' : ` ${unit}`}`.trim(),
      door,
      key: known?.key ?? 0,
      knownDoorKey: known?.doorKey ?? null,
      id: known === null ? voterId(voter.sourceId, digest) : '',
      suppressed,
      votes,
    };
  }

  #building(match: MatchedAddress, precinct: string | null, { buildings, moved }: Filling): number {
    const places = this.#places;
    const known = places.findBuilding(match.key);
    if (known >= 0 && places.isChecked(known)) return known;
    const { lon, lat, grade, reason, key } = match;
    const named = precinct ?? (lon === null || lat === null ? null : this.#precinctAt(lon, lat));
    const place = { lon, lat, grade, reason, precinct: named };
    if (known >= 0) {
      const was = places.placeOf(known);
      if (differs(was, place)) moved.push({ building: known, was });
      places.check(known, place);
      return known;
    }
    const building = places.addBuilding(key, place);
    const { number, city, zip } = match;
    const street = grade === 'none' ? repairCase(match.street) : match.street;
    const id = buildingId(key, digest);
    buildings.push({ building, id, addressKey: key, number, street, city, zip });
    return building;
  }
}

function differs(known: KnownPlace, place: KnownPlace): boolean {
  return (
    known.lon !== place.lon ||
    known.lat !== place.lat ||
    known.grade !== place.grade ||
    known.precinct !== place.precinct
  );
}
