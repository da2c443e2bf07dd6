import { PENALTIES } from './match-penalties.ts';
import { type Piece, type PointTable, splitNumber } from './match-points.ts';

/** A point that a house number may stand for. */
export interface NumberHit {
  readonly row: number;
  readonly piece: Piece;
  readonly penalty: number;
  /** The address is another one than the point's, which it only stands beside. */
  readonly own: boolean;
  /** For a lot with a place of its own: its unit. */
  readonly unit: string;
}

/** A range of house numbers that one house has: not more apart than this. */
const WIDEST_RANGE = 20;

/**
 * The points of a piece of street that have this number: its own; without such, the one whose
 * number differs by a letter, a half or the other end of a range. Never another number.
 */
export function matchNumber(
  table: PointTable,
  piece: Piece,
  number: string,
  unit: string,
): readonly NumberHit[] {
  const [digits, rest] = splitNumber(number);
  const rows = table.rowsOf(piece, digits);
  const same = rows.filter((row) => table.restAt(row) === rest);
  if (same.length > 0) return chooseUnit(table, piece, same, unit);
  const hits: NumberHit[] = [];
  for (const row of rows) {
    const penalty = digits === 0 ? null : compareRests(digits, rest, table.restAt(row));
    if (penalty !== null) hits.push({ row, piece, penalty, own: true, unit: '' });
  }
  return hits.length > 0 ? hits : matchHyphen(table, piece, digits, rest);
}

function chooseUnit(
  table: PointTable,
  piece: Piece,
  rows: readonly number[],
  unit: string,
): NumberHit[] {
  const hit = (row: number, of: string): NumberHit => ({
    row,
    piece,
    penalty: 0,
    own: false,
    unit: of,
  });
  const lot =
    table.hasUnits && unit !== '' ? rows.find((row) => table.unitAt(row) === unit) : undefined;
  if (lot !== undefined && table.placeAt(lot) !== null) return [hit(lot, unit)];
  const first = rows.find((row) => table.placeAt(row) !== null) ?? rows[0];
  return first === undefined ? [] : [hit(first, '')];
}

/** What follows the digits: a letter or a half may be missing or another; the end of a range may be missing. */
function compareRests(digits: number, a: string, b: string): number | null {
  const ends = [a, b].map((rest) => /^-(\d+)/.exec(rest)?.[1]);
  const [end, other] = ends;
  if (end !== undefined && other !== undefined) return null;
  const range = end ?? other;
  // `12-14` is 12 and 14; `37-12` is one number, as in Queens.
  if (range !== undefined && !(Number(range) > digits && Number(range) - digits <= WIDEST_RANGE)) {
    return null;
  }
  return a === '' || b === '' ? PENALTIES.missingLetter : PENALTIES.otherLetter;
}

/** `3712` and `37-12` are one number where numbers are written so. */
function matchHyphen(
  table: PointTable,
  piece: Piece,
  digits: number,
  rest: string,
): readonly NumberHit[] {
  const end = /^-(\d{2,3})$/.exec(rest)?.[1];
  const asOne = end === undefined ? null : splitNumber(`${digits}${end}`);
  const asTwo = rest === '' && digits >= 1000 ? splitNumber(hyphenate(digits)) : null;
  for (const [first, behind] of [asOne, asTwo].filter((one) => one !== null)) {
    const row = table.rowsOf(piece, first).find((at) => table.restAt(at) === behind);
    if (row !== undefined) {
      return [{ row, piece, penalty: PENALTIES.hyphen, own: false, unit: '' }];
    }
  }
  return [];
}

function hyphenate(digits: number): string {
  const text = String(digits);
  return `${text.slice(0, -2)}-${text.slice(-2)}`;
}
