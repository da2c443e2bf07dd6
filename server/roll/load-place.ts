import { readFile } from 'node:fs/promises';
import { problem, ProblemError } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Feature, FeatureCollection } from '#shared/model/geojson.ts';
import { MAP_LAYERS, type MapLayerName } from '#shared/model/place.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { replacePlace } from '../store/replace-place.ts';
import type { StoredPoint } from '../store/roll-place.ts';
import type { PlaceFiles } from './find-roll-files.ts';
import { type Basemap, readBasemap } from '../place/read-basemap.ts';
import { loadPoints, readTable } from './load-points.ts';
import { nameLots } from './name-lots.ts';

export interface LoadedPlace {
  readonly layers: Readonly<Record<MapLayerName, number>>;
  readonly addresses: number;
}

/**
 * Replaces the chapter's map and list of addresses by these files; layers without a file of their own
 * are taken from the basemap, or become empty. Problems: file-unreadable, basemap-unreadable,
 * basemap-too-large, points-no-columns, points-projected; nothing was changed then.
 */
export async function loadPlace(db: ChapterDb, files: PlaceFiles): Promise<Result<LoadedPlace>> {
  const layers = new Map<MapLayerName, FeatureCollection>();
  const basemap = await readBasemapOf(files);
  if (!basemap.ok) return basemap;
  for (const name of MAP_LAYERS) {
    const found = basemap.value.get(name);
    if (files[name] === null && found !== undefined) {
      layers.set(name, found);
      continue;
    }
    const layer = await readLayerFile(files[name]);
    if (!layer.ok) return layer;
    const tidy = name === 'streets' ? tidyStreets(layer.value) : layer.value;
    layers.set(name, tidy);
  }
  const points = await readPoints(files);
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

async function readBasemapOf({ basemap }: PlaceFiles): Promise<Result<Basemap>> {
  return basemap === null ? ok(new Map()) : readBasemap(basemap);
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
  ['motorway', 'limited'],
  ['motorway_link', 'limited'],
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
  const kept = ['street', 'cls', 'l_from', 'l_to', 'r_from', 'r_to', 'zip_l', 'zip_r'];
  const features = layer.features.map((feature): Feature => {
    const all = { ...feature.properties, cls: streetClass(feature.properties) };
    const properties = Object.fromEntries(
      Object.entries(all).filter(([name]) => kept.includes(name)),
    );
    return { ...feature, properties };
  });
  return { type: 'FeatureCollection', features };
}

async function readPoints({ addressPoints, units }: PlaceFiles): Promise<Result<StoredPoint[]>> {
  if (addressPoints === null) return ok([]);
  try {
    const points = await loadPoints(addressPoints);
    return ok(nameLots(points, units === null ? [] : readTable(units)));
  } catch (error) {
    if (error instanceof ProblemError) return fail(error.problem);
    return fail(problem('file-unreadable', { path: addressPoints }));
  }
}
