import type { Position } from '../model/geojson.ts';
import type { Street } from './street.ts';
import { streetKind } from './street-kind.ts';

/** The streets of a file, and how much of it was none. */
export interface StreetsRead {
  readonly streets: readonly Street[];
  /** Features that are no lines, or whose lines have not two different places. */
  readonly leftOut: number;
}

type Parity = -1 | 0 | 1;

interface LooseFeature {
  readonly properties?: Readonly<Record<string, unknown>> | null;
  readonly geometry?: { readonly type?: unknown; readonly coordinates?: unknown } | null;
}

/**
 * Reads centrelines out of GeoJSON: LineString and MultiLineString; the name from `street` or
 * `name`, the class from `cls`, `class`, `highway`, `fclass`, `MTFCC` or `major`, address ranges
 * from `l_from`, `l_to`, `r_from`, `r_to`. One-way streets are walked both ways. Whatever is no
 * line is counted and left out; nothing in the input makes this throw.
 */
export function readStreets(collection: { readonly features: readonly unknown[] }): StreetsRead {
  const streets: Street[] = [];
  let leftOut = 0;
  for (const feature of collection.features) {
    const { properties, geometry } = (feature ?? {}) as LooseFeature;
    const before = streets.length;
    for (const line of linesOf(geometry)) {
      const places = line.filter(isPlace);
      if (places.length < 2) continue;
      streets.push({ ...describe(properties ?? {}), line: places });
    }
    if (streets.length === before) leftOut++;
  }
  return { streets, leftOut };
}

function describe(properties: Readonly<Record<string, unknown>>): Omit<Street, 'line'> {
  const name = properties['street'] ?? properties['name'];
  return {
    name: typeof name === 'string' ? name : '',
    kind: streetKind(properties),
    leftOdd: parityOf(properties['l_from'], properties['l_to']),
    rightOdd: parityOf(properties['r_from'], properties['r_to']),
  };
}

/** The parity that both ends of a range share. */
function parityOf(from: unknown, to: unknown): Parity {
  const [low, high] = [Number(from), Number(to)];
  if (!(low > 0 && high > 0) || low % 2 !== high % 2) return -1;
  return low % 2 === 1 ? 1 : 0;
}

function linesOf(geometry: LooseFeature['geometry']): readonly unknown[][] {
  const { type, coordinates } = geometry ?? {};
  if (!Array.isArray(coordinates)) return [];
  if (type === 'LineString') return [coordinates];
  if (type === 'MultiLineString') return coordinates.filter((line) => Array.isArray(line));
  return [];
}

function isPlace(place: unknown): place is Position {
  return (
    Array.isArray(place) &&
    Number.isFinite(place[0]) &&
    Number.isFinite(place[1]) &&
    typeof place[0] === 'number' &&
    typeof place[1] === 'number'
  );
}
