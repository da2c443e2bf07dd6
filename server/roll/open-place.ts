import type { FeatureCollection, MultiPolygon, Polygon } from '#shared/model/geojson.ts';
import { makePrecinctFinder } from '#shared/roll/find-precinct.ts';
import { AddressIndex, type NamedRange } from '#shared/roll/match-address.ts';
import { readAddressPoints, readLayer } from '../store/roll-place.ts';
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
      readRanges(readLayer(sqlite, 'streets')),
      readSettledPlaces(sqlite),
    ),
    precinctAt: makePrecinctFinder(precincts),
  };
}

/** The streets of a map with their house numbers. */
export function* readRanges(streets: FeatureCollection): Generator<NamedRange> {
  for (const { properties, geometry } of streets.features) {
    const street = properties['street'];
    if (typeof street !== 'string' || street === '') continue;
    const number = (name: string): number => {
      const value = properties[name];
      return value === null || value === undefined || value === '' ? -1 : Number(value);
    };
    const sides = {
      street,
      leftFrom: number('l_from'),
      leftTo: number('l_to'),
      rightFrom: number('r_from'),
      rightTo: number('r_to'),
      zips: ['zip_l', 'zip_r'].map((name) => properties[name]).filter(isZip),
    };
    if (geometry.type === 'LineString') yield { ...sides, line: geometry.coordinates };
    if (geometry.type === 'MultiLineString') {
      for (const line of geometry.coordinates) yield { ...sides, line };
    }
  }
}

function isZip(value: unknown): value is string {
  return typeof value === 'string' && /^\d{5}$/.test(value);
}
