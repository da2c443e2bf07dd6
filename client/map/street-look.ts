export type StreetClass = 'major' | 'secondary' | 'residential' | 'path';

const AT_15: Readonly<Record<StreetClass, number>> = {
  major: 6.4,
  secondary: 5,
  residential: 3.6,
  path: 1,
};
const GROWTH: Readonly<Record<StreetClass, number>> = {
  major: 1.52,
  secondary: 1.54,
  residential: 1.6,
  path: 1.2,
};

/** The class of a street as the map draws it; what is unknown is a residential street. */
export function streetClass(cls: unknown): StreetClass {
  if (cls === 'limited') return 'major';
  return cls === 'major' || cls === 'secondary' || cls === 'path' ? cls : 'residential';
}

/** The width of a street in CSS pixels at a zoom. */
export function streetWidth(cls: StreetClass, zoom: number): number {
  return Math.max(0.9, AT_15[cls] * GROWTH[cls] ** (zoom - 15));
}

/** The zoom from which a street of this class bears its name. */
export const NAME_FROM: Readonly<Record<StreetClass, number>> = {
  major: 13,
  secondary: 14,
  residential: 15.5,
  path: 17,
};
