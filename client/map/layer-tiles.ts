import GeoJSONVT from 'geojson-vt';
import type { FeatureCollection as GeoJson } from 'geojson';
import type { FeatureCollection } from '#shared/model/geojson.ts';

/** The closest zoom of a map. */
export const CLOSEST = 20;
/** A tile is so many units wide, whatever its pixels. */
export const EXTENT = 4096;
// Wide enough that a street's casing at the last zoom does not end at the edge of its tile.
const BUFFER = 256;

export interface TileFeature {
  readonly type: number;
  readonly tags: Readonly<Record<string, unknown>> | null;
  readonly geometry: readonly (readonly (readonly [number, number])[])[];
}

type Index = (zoom: number, x: number, y: number) => readonly TileFeature[];

const indexes = new WeakMap<object, Index>();

/**
 * Cuts a layer into tiles, when first asked for it and once for every map that shows it. Tiles are
 * those of 512 pixels: their zoom is one less than the map's.
 */
export function indexLayer(layer: FeatureCollection): Index {
  const known = indexes.get(layer);
  if (known) return known;
  const cutter = new GeoJSONVT(layer as unknown as GeoJson, {
    maxZoom: CLOSEST - 1,
    indexMaxZoom: 4,
    indexMaxPoints: 0,
    tolerance: 2,
    extent: EXTENT,
    buffer: BUFFER,
  });
  const index: Index = (zoom, x, y) =>
    (cutter.getTile(zoom, x, y)?.features ?? []) as unknown as readonly TileFeature[];
  indexes.set(layer, index);
  return index;
}
