import type { Position } from '#shared/model/geojson.ts';
import type { Barrier } from '#shared/turf/cut/barriers.ts';
import type { CutDoor } from '#shared/turf/cut/cut.ts';
import type { LooseFeature } from './read-features.ts';

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== ''
    ? value
    : typeof value === 'number'
      ? String(value)
      : undefined;

/** Nothing is one household; what is there and no number is NaN, which a cut refuses by name. */
const count = (value: unknown): number | undefined =>
  value === undefined || value === null || value === ''
    ? undefined
    : typeof value === 'number' || typeof value === 'string'
      ? Number(value)
      : NaN;

const degree = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** The id of a door: the feature's, else its property `id`, else its place in the file from 1. */
export function idOf({ id, properties }: LooseFeature, place: number): string {
  return text(id) ?? text(properties?.['id']) ?? String(place + 1);
}

/** Doors out of point features; what is no point has no place. */
export function readCutDoors(features: readonly LooseFeature[]): CutDoor[] {
  return features.map((feature, place) => {
    const { properties, geometry } = feature;
    const at: unknown[] =
      geometry?.type === 'Point' && Array.isArray(geometry.coordinates) ? geometry.coordinates : [];
    const about = properties ?? {};
    const optional = {
      households: count(about['households']),
      people: count(about['people']),
      building: text(about['building']),
      street: text(about['street']),
      number: text(about['number']),
      unit: text(about['unit']),
      precinct: text(about['precinct']),
    };
    const given = Object.entries(optional).filter(([, value]) => value !== undefined);
    const door: CutDoor = { id: idOf(feature, place), lon: degree(at[0]), lat: degree(at[1]) };
    return { ...door, ...Object.fromEntries(given) };
  });
}

const isPlace = (place: unknown): place is Position =>
  Array.isArray(place) && Number.isFinite(place[0]) && Number.isFinite(place[1]);

function linesIn(coordinates: unknown): Position[][] {
  if (!Array.isArray(coordinates)) return [];
  if (coordinates.length > 0 && isPlace(coordinates[0])) return [coordinates.filter(isPlace)];
  return coordinates.flatMap(linesIn);
}

/** What a barrier is, by the words that maps use. Without any it is just one. */
function kindOf(about: Readonly<Record<string, unknown>>): string {
  const said = text(about['kind'])?.toLowerCase();
  if (said !== undefined) return said;
  if (about['waterway'] !== undefined || about['natural'] === 'water') return 'water';
  if (about['railway'] !== undefined) return 'rail';
  if (about['highway'] !== undefined) return 'road';
  return 'barrier';
}

/** Barriers out of lines and the rings of areas. */
export function readBarriers(features: readonly LooseFeature[]): Barrier[] {
  return features.flatMap(({ properties, geometry }) =>
    geometry?.type === 'Point'
      ? []
      : linesIn(geometry?.coordinates).map((line) => ({ kind: kindOf(properties ?? {}), line })),
  );
}
