import { floorFirst } from './floor-of.ts';
import { compareNatural, compareText } from './natural-order.ts';

/** Where named floors lie; what is not named is by number. */
const FLOORS: readonly [RegExp, number][] = [
  [/^(BSMT|BASEMENT|BST|LL|LOWER|GARDEN|GDN)\b/, -3],
  [/^(G|GF|GRND|GROUND|LOBBY|FRNT|FRONT)$/, -2],
  [/^(REAR|SIDE)$/, -1],
  [/^(UPPR|UPPER|TOP|ATTIC)$/, 1],
  [/^(PH|PENTHOUSE)/, 2],
];

/**
 * Compares two units as one meets them climbing the stairs: no unit, basement, ground floor, then
 * by number and letter (`2` before `10`, `3A` before `12A`), the penthouse last. Total: only equal
 * texts give 0.
 */
export function compareUnits(a: string, b: string): number {
  const left = floorFirst(a);
  const right = floorFirst(b);
  return levelOf(left) - levelOf(right) || compareNatural(left, right) || compareText(a, b);
}

function levelOf(unit: string): number {
  if (unit === '') return -4;
  return FLOORS.find(([shape]) => shape.test(unit))?.[1] ?? 0;
}
