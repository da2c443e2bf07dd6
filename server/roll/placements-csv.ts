import { closeSync, openSync, writeSync } from 'node:fs';
import type { PlaceGrade } from '#shared/model/door.ts';
import { harmlessRow } from '#shared/privacy/harmless-cell.ts';

/** Where one record of a voter file was placed. */
export interface Placement {
  readonly line: number;
  /** The roll's own id. */
  readonly id: string;
  /** The point of the chapter's list of addresses; null: by no point. */
  readonly addressId: string | null;
  readonly grade: PlaceGrade;
  readonly score: number;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly precinct: string | null;
}

const COLUMNS = ['line', 'id', 'address_id', 'grade', 'score', 'lon', 'lat', 'precinct'];
/** Characters that are written at once. */
const CHUNK = 1 << 16;

/** A grade by the word of the report. */
export function gradeWord(grade: PlaceGrade): string {
  return grade === 'tolerant' ? 'fuzzy' : grade;
}

/** A file with a row for each record of a voter file, in the file's order: where it was placed. */
export class PlacementsCsv {
  readonly #file: number;
  #held = harmlessRow(COLUMNS);

  /** Makes the file anew; whoever runs the server alone may read it. */
  constructor(path: string) {
    this.#file = openSync(path, 'w', 0o600);
  }

  add({ line, id, addressId, grade, score, lon, lat, precinct }: Placement): void {
    this.#write([line, id, addressId, gradeWord(grade), score, lon, lat, precinct]);
  }

  /** A record of which nobody was made: its row could not be read, or says somebody again. */
  addUnread(line: number, id: string, grade: 'rejected' | 'repeated'): void {
    this.#write([line, id, null, grade, null, null, null, null]);
  }

  close(): void {
    this.#flush();
    closeSync(this.#file);
  }

  #write(cells: Parameters<typeof harmlessRow>[0]): void {
    this.#held += harmlessRow(cells);
    if (this.#held.length > CHUNK) this.#flush();
  }

  #flush(): void {
    writeSync(this.#file, this.#held);
    this.#held = '';
  }
}
