import type { StreetKind } from './street.ts';

/** What maps call their streets: our own words, OpenStreetMap's, the census bureau's, a city's. */
const KINDS: Readonly<Record<string, StreetKind>> = {
  side: 'side',
  residential: 'side',
  secondary: 'secondary',
  major: 'major',
  path: 'path',
  limited: 'limited',
  motorway: 'limited',
  motorway_link: 'limited',
  trunk: 'major',
  trunk_link: 'major',
  primary: 'major',
  primary_link: 'major',
  secondary_link: 'secondary',
  tertiary: 'secondary',
  tertiary_link: 'secondary',
  footway: 'path',
  pedestrian: 'path',
  cycleway: 'path',
  steps: 'path',
  track: 'path',
  bridleway: 'path',
  s1100: 'limited',
  s1630: 'limited',
  s1200: 'major',
  s1710: 'path',
  s1720: 'path',
  s1820: 'path',
};

const FIELDS = ['cls', 'class', 'highway', 'fclass', 'kind', 'mtfcc', 'MTFCC'] as const;
/** Cities number their streets' importance. */
const NUMBERED: readonly (StreetKind | undefined)[] = [undefined, 'major', 'secondary'];

/** What a street is to somebody on foot, by what its map says of it; a side street when nothing. */
export function streetKind(properties: Readonly<Record<string, unknown>>): StreetKind {
  for (const field of FIELDS) {
    const word = properties[field];
    if (typeof word !== 'string' || word === '') continue;
    return KINDS[word.toLowerCase()] ?? 'side';
  }
  const major = properties['major'];
  return (typeof major === 'number' ? NUMBERED[major] : undefined) ?? 'side';
}
