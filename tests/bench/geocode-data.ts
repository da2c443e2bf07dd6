import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { FeatureCollection, MultiPolygon, Polygon } from '#shared/model/geojson.ts';
import type { PointRow } from '../../server/roll/point-columns.ts';
import { loadPoints, readTable } from '../../server/roll/load-points.ts';
import { nameLots } from '../../server/roll/name-lots.ts';
import type { StoredPoint } from '../../server/store/roll-place.ts';

/** Where real places lie that the repository may not hold; a bench that lacks them says so. */
export const DATA =
  process.env['HOMEGROUND_DATA'] ?? join(import.meta.dirname, '../../../shared/data');

export const hasPlaces = (): boolean =>
  existsSync(join(DATA, 'cambridge-ma/address_points.csv.gz'));

/** A file of the data folder, unpacked for as long as `work` takes. */
async function withFile<T>(name: string, work: (path: string) => T | Promise<T>): Promise<T> {
  const path = join(DATA, name);
  if (!name.endsWith('.gz')) return work(path);
  const dir = mkdtempSync(join(tmpdir(), 'homeground-bench-'));
  const plain = join(dir, 'plain.csv');
  writeFileSync(plain, gunzipSync(readFileSync(path)));
  try {
    return await work(plain);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

export async function readPlaces(name: string): Promise<StoredPoint[]> {
  return nameLots(await withFile(`${name}/address_points.csv.gz`, loadPoints), []);
}

export function readCsv(name: string): Promise<PointRow[]> {
  return withFile(name, (path) => [...readTable(path)]);
}

export function readAreas(name: string): FeatureCollection<Polygon | MultiPolygon> {
  const text = readFileSync(join(DATA, name), 'utf8');
  return JSON.parse(text) as FeatureCollection<Polygon | MultiPolygon>;
}

export function readStreets(name: string): FeatureCollection {
  return JSON.parse(gunzipSync(readFileSync(join(DATA, name))).toString()) as FeatureCollection;
}
