import { bytes, Column, words } from './column.ts';

/** The addresses of one street in one town and zip. */
export interface Piece {
  readonly streetKey: string;
  /** The street's name as the list has it. */
  readonly shown: string;
  readonly city: string;
  readonly zip: string;
  /** The rows of its points: the first, and the one behind the last. */
  first: number;
  end: number;
}

/** One row of the table. */
export interface PointRow {
  /** A house number in its normal form. */
  readonly number: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly sourceId: string;
  /** Normal form; empty for all but the lots of a park. */
  readonly unit: string;
}

const NOWHERE = 0x7fffffff;
/** Parts of a degree: each is about a centimetre. */
const PARTS = 1e7;

/** The digits that a number begins with and what follows; a number that begins otherwise has 0. */
export function splitNumber(number: string): readonly [digits: number, rest: string] {
  const digits = /^\d{1,9}(?!\d)/.exec(number)?.[0];
  return digits === undefined ? [0, number] : [Number(digits), number.slice(digits.length)];
}

const degrees = (): Column<Int32Array> => new Column((n) => new Int32Array(n));

/**
 * A list of addresses in columns of numbers, some 20 bytes a point and its id: what objects and
 * strings would take ten times as much for. Sorted by piece and house number once it is sealed.
 */
export class PointTable {
  readonly pieces: Piece[] = [];
  readonly #pieceAt = new Map<string, number>();
  readonly #piece = words();
  readonly #digits = words();
  readonly #rest = words();
  readonly #lon = degrees();
  readonly #lat = degrees();
  readonly #idAt = words();
  /** Ids one behind another, each behind its length, a byte a letter. */
  readonly #ids = bytes();
  /** Ids that do not fit there, by where they would begin. */
  readonly #longIds = new Map<number, string>();
  readonly #rests: string[] = [''];
  readonly #restAt = new Map<string, number>([['', 0]]);
  #units = new Map<number, string>();

  get size(): number {
    return this.#digits.length;
  }

  /** Bytes that the columns take; the names of streets come on top. */
  get bytes(): number {
    const columns = [this.#digits, this.#rest, this.#lon, this.#lat, this.#idAt, this.#ids];
    return columns.reduce((sum, { values }) => sum + values.byteLength, 0);
  }

  add(piece: Omit<Piece, 'first' | 'end'>, row: PointRow): void {
    const name = `${piece.streetKey}|${piece.zip}|${piece.city}`;
    let at = this.#pieceAt.get(name);
    if (at === undefined) {
      at = this.pieces.push({ ...piece, first: 0, end: 0 }) - 1;
      this.#pieceAt.set(name, at);
    }
    const [digits, rest] = splitNumber(row.number);
    if (row.unit !== '') this.#units.set(this.size, row.unit);
    this.#piece.push(at);
    this.#digits.push(digits);
    this.#rest.push(this.#restOf(rest));
    this.#lon.push(row.lon === null ? NOWHERE : Math.round(row.lon * PARTS));
    this.#lat.push(row.lat === null ? NOWHERE : Math.round(row.lat * PARTS));
    this.#addId(row.sourceId);
  }

  /** Sorts; nothing can be added behind it. */
  seal(): void {
    this.#pieceAt.clear();
    const order = this.#sort();
    for (const column of [this.#digits, this.#rest, this.#lon, this.#lat, this.#idAt]) {
      column.reorder(order);
    }
    this.#piece.values = new Uint32Array(0);
    this.#ids.values = this.#ids.values.slice(0, this.#ids.length);
    if (this.#units.size > 0) {
      const units = new Map<number, string>();
      for (let i = 0; i < order.length; i++) {
        const unit = this.#units.get(order[i] ?? 0);
        if (unit !== undefined) units.set(i, unit);
      }
      this.#units = units;
    }
  }

  #sort(): Uint32Array {
    for (let i = 0; i < this.size; i++) this.#pieceOf(i).end++;
    let at = 0;
    for (const piece of this.pieces) {
      piece.first = at;
      at += piece.end;
      piece.end = piece.first;
    }
    const order = new Uint32Array(this.size);
    for (let i = 0; i < this.size; i++) order[this.#pieceOf(i).end++] = i;
    for (const { first, end } of this.pieces) {
      order.subarray(first, end).sort((a, b) => this.#digits.at(a) - this.#digits.at(b) || a - b);
    }
    return order;
  }

  #pieceOf(row: number): Piece {
    const piece = this.pieces[this.#piece.at(row)];
    if (piece === undefined) throw new RangeError('a point without a street');
    return piece;
  }

  /** The first row of a piece whose number has these digits or more. */
  lowerBound({ first, end }: Piece, digits: number): number {
    let [low, high] = [first, end];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#digits.at(middle) < digits) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The rows whose numbers begin with these digits. */
  rowsOf(piece: Piece, digits: number): number[] {
    const rows: number[] = [];
    for (let row = this.lowerBound(piece, digits); row < piece.end; row++) {
      if (this.#digits.at(row) !== digits) break;
      rows.push(row);
    }
    return rows;
  }

  digitsAt(row: number): number {
    return this.#digits.at(row);
  }
  /** What follows the digits of a number. */
  restAt(row: number): string {
    return this.#rests[this.#rest.at(row)] ?? '';
  }
  numberAt(row: number): string {
    const rest = this.restAt(row);
    const digits = this.#digits.at(row);
    return digits === 0 && rest !== '' ? rest : `${digits}${rest}`;
  }
  unitAt(row: number): string {
    return this.#units.get(row) ?? '';
  }
  /** True when some point is one unit of its address. */
  get hasUnits(): boolean {
    return this.#units.size > 0;
  }
  /** Degrees; null for a point that the list has no place for. */
  placeAt(row: number): readonly [lon: number, lat: number] | null {
    const lon = this.#lon.at(row);
    return lon === NOWHERE ? null : [lon / PARTS, this.#lat.at(row) / PARTS];
  }

  sourceIdAt(row: number): string {
    const at = this.#idAt.at(row);
    const long = this.#longIds.get(at);
    if (long !== undefined) return long;
    const first = at + 1;
    return String.fromCharCode(...this.#ids.values.subarray(first, first + this.#ids.at(at)));
  }

  #restOf(rest: string): number {
    let at = this.#restAt.get(rest);
    if (at === undefined) {
      at = this.#rests.push(rest) - 1;
      this.#restAt.set(rest, at);
    }
    return at;
  }

  #addId(id: string): void {
    const at = this.#ids.length;
    this.#idAt.push(at);
    const fits = id.length < 256 && /^[\0-\xff]*$/.test(id);
    if (!fits) this.#longIds.set(at, id);
    this.#ids.push(fits ? id.length : 0);
    if (fits) for (let i = 0; i < id.length; i++) this.#ids.push(id.charCodeAt(i));
  }
}
