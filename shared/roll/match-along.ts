import { LEAST_SCORE } from './match-penalties.ts';
import { placeBetween } from './match-between.ts';
import type { PointTable } from './match-points.ts';
import type { Found } from './match-streets-of.ts';
import { metresBetween } from './metres-between.ts';
import type { NormalStreet } from './normalise-address.ts';
import { placeAlongStreet } from './place-along-street.ts';

export interface Along {
  readonly street: NormalStreet;
  readonly place: readonly [lon: number, lat: number];
  readonly score: number;
}

/** Houses farther apart than this say little of what stands between them. In metres. */
const WIDEST_GAP = 250;
/** A street that differs by more is not sure enough to guess a place on it. */
const MOST_DOUBT = 0.1;
/** By a street's range: a block's share is right to some houses. */
const RANGE_SCORE = 0.8;
/** Between two houses, next to each other; less the farther they are apart. */
const BETWEEN_SCORE = 0.95;

/**
 * Where a number should stand on its street: between its neighbours, or by the street's ranges.
 * A street that may be another is only asked when it is nearly sure.
 */
export function interpolate(
  table: PointTable,
  streets: readonly Found[],
  digits: number,
): Along | 'several-places' | null {
  const found: Along[] = [];
  for (const { street, piece, ranges, penalty } of streets) {
    if (penalty > MOST_DOUBT) continue;
    const between = piece.end > piece.first ? placeBetween(table, piece, digits) : null;
    if (between !== null && between.gap <= WIDEST_GAP) {
      const { lon, lat, gap } = between;
      const score = BETWEEN_SCORE - gap / 2000 - penalty;
      if (score >= LEAST_SCORE) found.push({ street, place: [lon, lat], score });
      continue;
    }
    const place = placeAlongStreet(ranges, digits);
    const score = RANGE_SCORE - penalty;
    if (place !== null && score >= LEAST_SCORE) found.push({ street, place, score });
  }
  found.sort((a, b) => b.score - a.score);
  const [best, second] = found;
  if (best === undefined) return null;
  const doubt =
    second !== undefined && best.score - second.score < 0.15 && second.street === best.street;
  return doubt && metresBetween(best.place, second.place) > WIDEST_GAP ? 'several-places' : best;
}
