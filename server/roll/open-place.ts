import type {
  Feature,
  FeatureCollection,
  MultiPolygon,
  Polygon,
  Position,
} from '#shared/model/geojson.ts';
import { makePrecinctFinder } from '#shared/roll/find-precinct.ts';
import { AddressIndex, type NamedRange } from '#shared/roll/match-address.ts';
import { eachFeature, readAddressPoints, readLayer } from '../store/roll-place.ts';
import { remember } from '#shared/roll/remember.ts';
import { readSettledPlaces } from '../store/settled-places.ts';
import type { Sqlite } from '../store/sqlite.ts';

export interface Place {
  readonly index: AddressIndex;
  readonly precinctAt: (lon: number, lat: number) => string | null;
}

/** The chapter's addresses, streets and precincts, ready to be asked. */
export function openPlace(sqlite: Sqlite): Place {
  const precincts = readLayer(sqlite, 'precincts') as FeatureCollection<Polygon | MultiPolygon>;
  return {
    index: new AddressIndex(
      readAddressPoints(sqlite),
      readRanges(eachFeature(sqlite, 'streets')),
      readSettledPlaces(sqlite),
    ),
    precinctAt: makePrecinctFinder(precincts),
  };
}

/** The streets of a map with their house numbers, as lean as they go: a county has 100,000. */
export function* readRanges(streets: Iterable<Feature>): Generator<NamedRange> {
  const names = remember((name: string) => name);
  const zipsOf = remember((both: string) => both.split(' ').filter(isZip));
  for (const { properties, geometry } of streets) {
    const street = properties['street'];
    if (typeof street !== 'string' || street === '') continue;
    const number = (name: string): number => {
      const value = properties[name];
      return value === null || value === undefined || value === '' ? -1 : Number(value);
    };
    const sides = {
      street: names(street),
      leftFrom: number('l_from'),
      leftTo: number('l_to'),
      rightFrom: number('r_from'),
      rightTo: number('r_to'),
      zips: zipsOf(`${String(properties['zip_l'])} ${String(properties['zip_r'])}`),
    };
    if (geometry.type === 'LineString') yield { ...sides, line: flatten(geometry.coordinates) };
    if (geometry.type === 'MultiLineString') {
      for (const line of geometry.coordinates) yield { ...sides, line: flatten(line) };
    }
  }
}

function flatten(line: readonly Position[]): number[] {
  const flat: number[] = [];
  for (const [lon, lat] of line) flat.push(lon ?? 0, lat ?? 0);
  return flat;
}

function isZip(value: string): boolean {
  return /^\d{5}$/.test(value);
}
