import { readFile } from 'node:fs/promises';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Feature, FeatureCollection } from '#shared/model/geojson.ts';
import { MAP_LAYERS, type MapLayerName } from '#shared/model/place.ts';
import {
  addressKey,
  normaliseNumber,
  normaliseStreet,
  normaliseZip,
} from '#shared/roll/normalise-address.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { replacePlace } from '../store/replace-place.ts';
import type { StoredPoint } from '../store/roll-place.ts';
import type { PlaceFiles } from './find-roll-files.ts';
import { isBlankRow, readRows } from './read-rows.ts';

export interface LoadedPlace {
  readonly layers: Readonly<Record<MapLayerName, number>>;
  readonly addresses: number;
}

/**
 * Replaces the chapter's map and list of addresses by these files; layers without a file become
 * empty. Problem: file-unreadable, and nothing was changed.
 */
export async function loadPlace(db: ChapterDb, files: PlaceFiles): Promise<Result<LoadedPlace>> {
  const layers = new Map<MapLayerName, FeatureCollection>();
  for (const name of MAP_LAYERS) {
    const layer = await readLayerFile(files[name]);
    if (!layer.ok) return layer;
    const tidy = name === 'streets' ? tidyStreets(layer.value) : layer.value;
    layers.set(name, tidy);
  }
  const points = readPoints(files);
  if (!points.ok) return points;
  await replacePlace(db, layers, points.value);
  const count = (name: MapLayerName): number => layers.get(name)?.features.length ?? 0;
  return ok({
    layers: {
      streets: count('streets'),
      water: count('water'),
      parks: count('parks'),
      buildings: count('buildings'),
      rail: count('rail'),
      precincts: count('precincts'),
    },
    addresses: points.value.length,
  });
}

async function readLayerFile(path: string | null): Promise<Result<FeatureCollection>> {
  if (path === null) return ok({ type: 'FeatureCollection', features: [] });
  try {
    const layer = JSON.parse(await readFile(path, 'utf8')) as FeatureCollection;
    if (layer.type === 'FeatureCollection' && Array.isArray(layer.features)) return ok(layer);
  } catch {
    return fail(problem('file-unreadable', { path }));
  }
  return fail(problem('file-unreadable', { path }));
}

/** What maps elsewhere call a street, in our words. */
const CLASSES = new Map<unknown, string>([
  ['motorway', 'major'],
  ['trunk', 'major'],
  ['primary', 'major'],
  ['tertiary', 'secondary'],
  ['footway', 'path'],
  ['cycleway', 'path'],
  [1, 'major'],
  [2, 'secondary'],
]);

function streetClass({ cls, major }: Feature['properties']): string {
  const named = cls ? (CLASSES.get(cls) ?? cls) : CLASSES.get(major);
  return typeof named === 'string' && named !== '' ? named : 'residential';
}

/** Cities number their streets' importance; we name it. Only what the map and the matching use stays. */
function tidyStreets(layer: FeatureCollection): FeatureCollection {
  const kept = ['street', 'cls', 'l_from', 'l_to', 'r_from', 'r_to'];
  const features = layer.features.map((feature): Feature => {
    const all = { ...feature.properties, cls: streetClass(feature.properties) };
    const properties = Object.fromEntries(
      Object.entries(all).filter(([name]) => kept.includes(name)),
    );
    return { ...feature, properties };
  });
  return { type: 'FeatureCollection', features };
}

type Row = Readonly<Record<string, string>>;

function* readTable(path: string): Generator<Row> {
  let header: readonly string[] | null = null;
  for (const { rows } of readRows(path, { encoding: 'utf-8', delimiter: ',' })) {
    for (const cells of rows) {
      if (isBlankRow(cells)) continue;
      if (header === null) header = cells.map((name) => name.trim());
      else yield Object.fromEntries(header.map((name, i) => [name, (cells[i] ?? '').trim()]));
    }
  }
}

function readPoints(files: PlaceFiles): Result<StoredPoint[]> {
  const { addressPoints, units } = files;
  if (addressPoints === null) return ok([]);
  try {
    const points = Array.from(readTable(addressPoints), toPoint);
    return ok(nameLots(points, units === null ? [] : [...readTable(units)]));
  } catch {
    return fail(problem('file-unreadable', { path: addressPoints }));
  }
}

function toPoint(row: Row): StoredPoint {
  const number = normaliseNumber(row['number'] ?? '', row['suffix'] ?? '');
  const street = row['street'] ?? '';
  const degrees = (text: string | undefined): number | null =>
    text === undefined || text === '' ? null : Number(text);
  return {
    sourceId: row['address_id'] ?? '',
    number,
    street,
    unit: '',
    city: row['city'] ?? row['town'] ?? '',
    zip: normaliseZip(row['zip'] ?? ''),
    lon: degrees(row['lon']),
    lat: degrees(row['lat']),
    addressKey: addressKey(number, normaliseStreet(street).key),
  };
}

/**
 * The lots of a park share one number and have a place each: where several points are one address
 * and each has one unit, the unit tells them apart.
 */
function nameLots(points: StoredPoint[], units: readonly Row[]): StoredPoint[] {
  const unitsOf = new Map<string, string[]>();
  for (const row of units) {
    const id = row['address_id'] ?? '';
    unitsOf.set(id, [...(unitsOf.get(id) ?? []), row['unit'] ?? '']);
  }
  const count = new Map<string, number>();
  const nameOf = (point: StoredPoint): string => `${point.addressKey}|${point.zip}`;
  for (const point of points) count.set(nameOf(point), (count.get(nameOf(point)) ?? 0) + 1);
  return points.map((point) => {
    const [unit, ...others] = unitsOf.get(point.sourceId) ?? [];
    const lot = unit !== undefined && others.length === 0 && (count.get(nameOf(point)) ?? 0) > 1;
    return lot ? { ...point, unit } : point;
  });
}
