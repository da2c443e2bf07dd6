import { streetKey } from '../streets/street-key.ts';
import { CROSSING_COSTS } from '../streets/street.ts';
import { readHouseNumber, sideOf } from './house-number.ts';
import type { WalkStop } from './group-stops.ts';

/** As far apart as this, in metres, two houses of one name need not stand in one street. */
const ONE_STREET = 400;

/**
 * What walking may cost between stops where no streets are known: along one street as the crow
 * flies, across it the price of a side street more, and `detour` times the straight line to
 * anywhere else. A guess, to be called one.
 */
export function guessMatrix(
  stops: readonly WalkStop[],
  x: Float64Array,
  y: Float64Array,
  detour: number,
): Float64Array {
  const n = stops.length;
  const streets = stops.map(({ street }) => streetKey(street));
  const sides = stops.map(({ number }) => sideOf(readHouseNumber(number)));
  const metres = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const dx = (x[i] as number) - (x[j] as number);
      const dy = (y[i] as number) - (y[j] as number);
      const line = Math.sqrt(dx * dx + dy * dy);
      let way = detour * line;
      if (detour > 1 && streets[i] !== '' && streets[i] === streets[j] && line < ONE_STREET) {
        const across = sides[i] === sides[j] ? 0 : CROSSING_COSTS.side.midBlock;
        way = Math.min(way, line + across);
      }
      metres[i * n + j] = metres[j * n + i] = detour > 1 ? Math.round(way * 10) / 10 : way;
    }
  }
  return metres;
}
