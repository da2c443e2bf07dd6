import { metresBetween } from './metres-between.ts';
import type { Piece, PointTable } from './match-points.ts';

/** A place between two houses of one side of a street. */
export interface Between {
  readonly lon: number;
  readonly lat: number;
  /** Metres from the one house to the other; 0 where only one was near enough. */
  readonly gap: number;
  /** How far apart the two houses' numbers are. */
  readonly span: number;
}

/** How far beyond the last house a number may be to stand beside it: the next but one. */
const BEYOND = 4;

/**
 * Where a number that the list lacks should stand: between the nearest houses before and behind it
 * on its side (odd or even), by its share of the numbers between. Beyond the last house, beside it,
 * if it is one of the next two. Null when the street has neither.
 */
export function placeBetween(table: PointTable, piece: Piece, digits: number): Between | null {
  const at = table.lowerBound(piece, digits);
  const behind = findSide(table, piece, at, 1, digits);
  const before = findSide(table, piece, at - 1, -1, digits);
  if (before !== null && behind !== null) {
    const span = behind.digits - before.digits;
    const share = span === 0 ? 0 : (digits - before.digits) / span;
    const [x, y] = before.place;
    const [x2, y2] = behind.place;
    const gap = metresBetween(before.place, behind.place);
    return { lon: round(x + (x2 - x) * share), lat: round(y + (y2 - y) * share), gap, span };
  }
  const only = before ?? behind;
  if (only === null || Math.abs(only.digits - digits) > BEYOND) return null;
  return { lon: only.place[0], lat: only.place[1], gap: 0, span: BEYOND };
}

/** To the seventh place, as the list has them. */
function round(degrees: number): number {
  return Math.round(degrees * 1e7) / 1e7;
}

function findSide(
  table: PointTable,
  piece: Piece,
  from: number,
  step: 1 | -1,
  digits: number,
): { readonly place: readonly [number, number]; readonly digits: number } | null {
  for (let row = from; row >= piece.first && row < piece.end; row += step) {
    const found = table.digitsAt(row);
    const place = found > 0 && found % 2 === digits % 2 ? table.placeAt(row) : null;
    if (place !== null) return { place, digits: found };
  }
  return null;
}
