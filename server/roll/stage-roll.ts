import { hash } from 'node:crypto';
import type { ImportId } from '#shared/kernel/ids.ts';
import { problem, ProblemError } from '#shared/kernel/problem.ts';
import { fail, type Result } from '#shared/kernel/result.ts';
import type { ImportReport, AppliedMapping } from '#shared/model/roll.ts';
import { type Election, electionOfName } from '#shared/roll/election.ts';
import type { makePrecinctFinder } from '#shared/roll/find-precinct.ts';
import { buildingId, doorId, voterId } from '#shared/roll/group-doors.ts';
import type { AddressIndex, MatchedAddress } from '#shared/roll/match-address.ts';
import { normaliseUnit, showUnit } from '#shared/roll/normalise-address.ts';
import { isForbiddenCell, isForbiddenHeader } from '#shared/roll/forbidden-header.ts';
import { remember } from '#shared/roll/remember.ts';
import { repairCase } from '#shared/roll/repair-case.ts';
import type { RejectReason, RollVoter } from '#shared/roll/roll-voter.ts';
import { makeRowReader } from '#shared/roll/row-to-voter.ts';
import { readKnownPlaces, type KnownPerson, PeopleLookup } from '../store/roll-known.ts';
import {
  addDoor,
  type Fault,
  findDoor,
  type KnownPlace,
  type StagedBuilding,
  type StagedPerson,
} from '../store/roll-stage.ts';
import type { Sqlite } from '../store/sqlite.ts';
import type { HistoryByVoter } from './read-history.ts';
import { PlacementsCsv } from './placements-csv.ts';
import { type MarkLookup, readMarks } from './read-marks.ts';
import { isBlankRow, readRows } from './read-rows.ts';
import { SeenIds } from './seen-ids.ts';
import { findUnread } from './unread-columns.ts';

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
export interface StagedBatch {
  readonly people: readonly StagedPerson[];
  readonly faults: readonly Fault[];
  readonly rows: number;
  readonly bytesRead: number;
}

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
  readonly #buildings: Map<string, StagedBuilding>;
  readonly #history: HistoryByVoter;
  readonly #placements: PlacementsCsv | null;
  readonly #seen = new SeenIds();
  readonly #elections = new Map<string, Election>();
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
    sqlite: Sqlite,
  ) {
    this.#job = job;
    this.#index = place.index;
    this.#precinctAt = place.precinctAt;
    this.#history = history;
    this.#placements = job.placements === null ? null : new PlacementsCsv(job.placements);
    this.#people = new PeopleLookup(sqlite);
    this.#marks = readMarks(sqlite);
    this.#buildings = readKnownPlaces(sqlite);
    for (const election of history.elections) this.#elections.set(election.name, election);
  }

  /** The file's rows, `size` at a time. */
  *batches(size: number): Generator<StagedBatch> {
    const { path, mapping, today } = this.#job;
    const headerLine = mapping.headerLine ?? 1;
    let read: ReturnType<typeof makeRowReader> | null = null;
    let people: StagedPerson[] = [];
    let faults: Fault[] = [];
    let bytesRead = 0;
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
        this.#takeRow(
          damage === undefined ? read(cells) : fail(damage),
          cells,
          line,
          people,
          faults,
        );
        if (block.foreign.has(line)) this.#noteForeign(line, cells);
        if (people.length + faults.length >= size) {
          yield { people, faults, rows: this.#rows, bytesRead };
          people = [];
          faults = [];
        }
      }
    }
    this.#placements?.close();
    if (this.#accented && this.#foreignCount > 0) {
      this.#noted['mixed-letters'] = this.#foreignCount;
      faults.push(...this.#foreign);
    }
    yield { people, faults, rows: this.#rows, bytesRead };
    if (this.#rows === 0) throw new ProblemError(problem('roll-empty'));
  }

  elections(): Election[] {
    return [...this.#elections.values()];
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
    people: StagedPerson[],
    faults: Fault[],
  ): void {
    this.#rows++;
    if (!found.ok) {
      this.#rejected[found.problem] = (this.#rejected[found.problem] ?? 0) + 1;
      faults.push({ line, kind: 'rejected', reason: found.problem, cells: this.#shown(cells) });
      this.#placements?.addUnread(line, cells[this.#idColumn]?.trim() ?? '', 'rejected');
      return;
    }
    const known = this.#withHistory(this.#withPlace(found.value));
    const voter = this.#minorsOnly ? { ...known, age: null, birthYear: null } : known;
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
    const person = this.#placePerson(line, voter, match, unitKey, marked === 'suppressed');
    people.push(person);
    this.#peopleCount++;
    const note = voter.notes[0];
    if (note !== undefined) {
      this.#noted[note.reason] = (this.#noted[note.reason] ?? 0) + 1;
      this.#lastNoted = line;
      faults.push({ line, kind: 'noted', reason: note.reason, cells: this.#shown(cells) });
    }
    const { grade, reason, lon, lat, precinct } = person.building;
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

  #withHistory(voter: RollVoter): RollVoter {
    const more = this.#history.votes.get(voter.sourceId);
    const voted = more === undefined ? voter.voted : [...voter.voted, ...more];
    for (const [name] of voted) {
      if (!this.#elections.has(name)) this.#elections.set(name, electionOfName(name));
    }
    return more === undefined ? voter : { ...voter, voted };
  }

  #placePerson(
    line: number,
    voter: RollVoter,
    match: MatchedAddress,
    unitKey: string,
    suppressed: boolean,
  ): StagedPerson {
    const { address } = voter;
    const building = this.#building(match, voter.precinct);
    let door = findDoor(building, unitKey);
    if (door === null) {
      door = {
        key: 0,
        id: doorId(match.key, unitKey, digest),
        unit: showUnit(address.unit, address.unitType),
        unitKey,
        used: false,
      };
      addDoor(building, door);
    }
    if (!door.used) this.#doors++;
    if (!building.used) this.#buildingsUsed++;
    door.used = building.used = true;
    const known: KnownPerson | null = this.#people.find(voter.sourceId);
    const unit = door.unit === '' ? '' : ` ${door.unit}`;
    return {
      line,
      voter,
      addressShown: `${match.number} ${match.street}${unit}`.trim(),
      building,
      door,
      key: known?.key ?? 0,
      knownDoorKey: known?.doorKey ?? null,
      id: known === null ? voterId(voter.sourceId, digest) : '',
      suppressed,
    };
  }

  #building(match: MatchedAddress, precinct: string | null): StagedBuilding {
    const known = this.#buildings.get(match.key);
    if (known?.checked === true) return known;
    const { lon, lat, grade, reason } = match;
    const named = precinct ?? (lon === null || lat === null ? null : this.#precinctAt(lon, lat));
    const street = grade === 'none' ? repairCase(match.street) : match.street;
    const isNew = known === undefined;
    const building: StagedBuilding = {
      key: known?.key ?? 0,
      fresh: isNew ? { id: buildingId(match.key, digest), match: { ...match, street } } : null,
      lon,
      lat,
      grade,
      reason,
      precinct: named,
      was: known !== undefined && differs(known, match, named) ? placeOf(known) : null,
      checked: true,
      used: false,
      door: known?.door ?? null,
      others: known?.others ?? null,
    };
    this.#buildings.set(match.key, building);
    return building;
  }
}

function placeOf({ lon, lat, grade, precinct }: StagedBuilding): KnownPlace {
  return { lon, lat, grade, precinct };
}

function differs(known: StagedBuilding, match: MatchedAddress, precinct: string | null): boolean {
  return (
    known.lon !== match.lon ||
    known.lat !== match.lat ||
    known.grade !== match.grade ||
    known.precinct !== precinct
  );
}
