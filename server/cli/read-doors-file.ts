import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { WalkDoor } from '#shared/walk/group-stops.ts';
import { CommandError } from './terminal.ts';

/** A door of a GeoJSON file, with its id as the file has it. */
export interface FileDoor extends WalkDoor {
  readonly givenId: string | number;
}

/** What a JSON file holds, or the end of the command with a sentence. */
export function readJsonFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(resolve(path), 'utf8');
  } catch {
    throw new CommandError(`The file ${path} cannot be read. Nothing was computed.`);
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new CommandError(
      `The file ${path} is no JSON; NaN and Infinity are none either. Nothing was computed.`,
    );
  }
}

/** The features of a GeoJSON file, or the end of the command with a sentence. */
export function readFeatures(path: string): readonly unknown[] {
  const file = readJsonFile(path);
  const features: unknown =
    typeof file === 'object' && file !== null && 'features' in file ? file.features : undefined;
  if (Array.isArray(features)) return features;
  throw new CommandError(
    `The file ${path} is no GeoJSON FeatureCollection: it has no list called features. Nothing was computed.`,
  );
}

interface Loose {
  readonly id?: unknown;
  readonly properties?: Readonly<Record<string, unknown>> | null;
  readonly geometry?: { readonly type?: unknown; readonly coordinates?: unknown } | null;
}

/**
 * The doors of a GeoJSON file: points with an id, of the feature or in its properties, and with
 * `building`, `street`, `number` and `unit` where they are known. A door without a place is kept.
 * Two doors of one id, and a place that is none on earth, end the command with a sentence.
 */
export function readDoorsFile(path: string, planar: boolean): FileDoor[] {
  const ids = new Set<string>();
  return readFeatures(path).map((feature, index) => {
    const { id: featureId, properties, geometry } = (feature ?? {}) as Loose;
    const named = [properties?.['id'], featureId, properties?.['address_id'], index];
    const givenId = named.find(isId) ?? index;
    const id = String(givenId);
    if (ids.has(id)) {
      throw new CommandError(`Two doors of ${path} have the id ${id}. Nothing was computed.`);
    }
    ids.add(id);
    const text = (name: string): string => {
      const value = properties?.[name];
      return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    };
    return {
      id,
      givenId,
      ...placeOf(geometry, id, planar),
      building: text('building') || text('building_id'),
      street: text('street'),
      number: text('number'),
      unit: text('unit'),
    };
  });
}

const isId = (value: unknown): value is string | number =>
  (typeof value === 'string' && value !== '') || typeof value === 'number';

/** Whether these are degrees, or metres of a plan that anybody could walk on. */
export function isPlace(lon: number, lat: number, planar: boolean): boolean {
  const [east, north] = planar ? [1e9, 1e9] : [180, 90];
  return Math.abs(lon) <= east && Math.abs(lat) <= north;
}

function placeOf(
  geometry: Loose['geometry'],
  id: string,
  planar: boolean,
): { readonly lon: number | null; readonly lat: number | null } {
  const { type, coordinates } = geometry ?? {};
  const nowhere = { lon: null, lat: null };
  if (geometry === null || geometry === undefined) return nowhere;
  if (type !== 'Point') {
    throw new CommandError(`Door ${id} is no point but ${String(type)}. Nothing was computed.`);
  }
  const [lon, lat]: unknown[] = Array.isArray(coordinates) ? coordinates : [];
  if (typeof lon !== 'number' || typeof lat !== 'number') return nowhere;
  if (isPlace(lon, lat, planar)) return { lon, lat };
  throw new CommandError(
    planar
      ? `Door ${id} is a million kilometres away. Nothing was computed.`
      : `Door ${id} at ${lon}, ${lat} is no place in degrees; metres need --planar. Nothing was computed.`,
  );
}
