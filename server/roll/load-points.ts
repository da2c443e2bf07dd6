import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { problem, ProblemError } from '#shared/kernel/problem.ts';
import { headerWord } from '#shared/roll/layouts.ts';
import {
  addressKey,
  normaliseNumber,
  normaliseStreet,
  normaliseZip,
} from '#shared/roll/normalise-address.ts';
import { parseAddressLine } from '#shared/roll/parse-address.ts';
import { remember } from '#shared/roll/remember.ts';
import type { StoredPoint } from '../store/roll-place.ts';
import { PointColumns, type PointRow } from './point-columns.ts';
import { isBlankRow, readRows } from './read-rows.ts';

interface PointFeature {
  readonly type?: string;
  readonly id?: string | number;
  readonly properties?: Readonly<Record<string, unknown>> | null;
  readonly geometry?: { readonly type?: string; readonly coordinates?: readonly unknown[] } | null;
}

/** A feature of a file that has one a line, with or without the collection around them. */
const FEATURE = /^\s*\{\s*"type"\s*:\s*"Feature"\s*,/;
const OTHER_CRS = /"crs"\s*:(?!.*(CRS84|EPSG:{1,2}4326|WGS))/;

const streetKey = remember((street: string) => normaliseStreet(street).key);

/**
 * The points of a county's or OpenAddresses' list, CSV or GeoJSON (a collection, or a feature a
 * line), with WGS84 degrees. Throws points-projected when the coordinates are something else, and
 * points-no-columns when no column holds a house number with its street.
 */
export async function loadPoints(path: string): Promise<StoredPoint[]> {
  const points: StoredPoint[] = [];
  const rows = /\.(geo)?jsonl?$/i.test(path) ? readFeatures(path) : readTable(path);
  let columns: PointColumns | null = null;
  let header: ReadonlySet<string> = new Set();
  for await (const row of rows) {
    // Features of one file may lack what others have.
    if (columns === null || [...row.keys()].some((word) => !header.has(word))) {
      header = new Set([...header, ...row.keys()]);
      columns = new PointColumns([...header]);
      if (!columns.enough) throw new ProblemError(problem('points-no-columns'));
    }
    points.push(toPoint(row, columns));
  }
  return points;
}

/** The rows of a CSV with their headers' words. */
export function* readTable(path: string): Generator<PointRow> {
  let header: readonly string[] | null = null;
  for (const { rows } of readRows(path, { encoding: 'utf-8', delimiter: ',' })) {
    for (const cells of rows) {
      if (isBlankRow(cells)) continue;
      if (header === null) header = cells.map(headerWord);
      else yield new Map(header.map((word, i) => [word, (cells[i] ?? '').trim()]));
    }
  }
}

async function* readFeatures(path: string): AsyncGenerator<PointRow> {
  let lines = false;
  const input = createReadStream(path, 'utf8');
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    if (OTHER_CRS.test(line.slice(0, 400))) throw new ProblemError(problem('points-projected'));
    if (!FEATURE.test(line)) {
      // A collection written on one line, or over many lines a feature.
      if (!lines && line.length > 2000) break;
      continue;
    }
    lines = true;
    const text = line.trim().replace(/,$/, '');
    if (!text.endsWith('}')) break;
    yield toRow(parseFeature(text));
  }
  if (lines) return;
  const whole = JSON.parse(await readFile(path, 'utf8')) as { features?: readonly PointFeature[] };
  for (const feature of whole.features ?? []) yield toRow(feature);
}

/** The last line of a collection may end the collection as well. */
function parseFeature(text: string): PointFeature {
  try {
    return JSON.parse(text) as PointFeature;
  } catch {
    return JSON.parse(text.replace(/\]\s*\}$/, '')) as PointFeature;
  }
}

function toRow({ id, properties, geometry }: PointFeature): PointRow {
  const row = new Map<string, string>();
  if (id !== undefined) row.set('id', String(id));
  for (const [name, value] of Object.entries(properties ?? {})) {
    const plain = typeof value === 'string' || typeof value === 'number';
    row.set(headerWord(name), plain ? String(value).trim() : '');
  }
  // The shape goes before columns of coordinates, which may be in the state's own grid.
  for (const name of ['longitude', 'long', 'lng', 'x', 'xcoord', 'latitude', 'y', 'ycoord'])
    row.delete(name);
  const place = geometry?.type === 'Point' ? geometry.coordinates : undefined;
  for (const [at, name] of ['lon', 'lat'].entries()) {
    const degrees = place?.[at];
    row.set(name, typeof degrees === 'number' ? String(degrees) : '');
  }
  return row;
}

function toPoint(row: PointRow, columns: PointColumns): StoredPoint {
  const of = (column: Parameters<PointColumns['cell']>[1]): string => columns.cell(row, column);
  let [number, street, unit] = [of('number'), columns.street(row), of('unit')];
  if ((number === '' || street === '') && of('line') !== '') {
    const parsed = parseAddressLine(of('line'));
    number ||= parsed.number;
    street ||= parsed.street;
    unit ||= parsed.unit;
  }
  const normal = normaliseNumber(`${of('numberPrefix')}${number}`, of('numberSuffix'));
  const place = readPlace(of('lon'), of('lat'));
  return {
    sourceId: of('id'),
    number: normal,
    street,
    unit: unit === '' ? '' : `${of('unitType')} ${unit}`.trim(),
    city: of('city'),
    zip: normaliseZip(of('zip')),
    lon: place?.[0] ?? null,
    lat: place?.[1] ?? null,
    addressKey: addressKey(normal, streetKey(street)),
  };
}

function readPlace(lon: string, lat: string): readonly [number, number] | null {
  if (lon === '' || lat === '') return null;
  const [x, y] = [Number(lon), Number(lat)];
  if (!Number.isFinite(x) || !Number.isFinite(y)) return null;
  if (Math.abs(x) > 180 || Math.abs(y) > 90) throw new ProblemError(problem('points-projected'));
  // Where lists put what they have no place for.
  return x === 0 && y === 0 ? null : [x, y];
}
