import type { Feature, FeatureCollection } from '#shared/model/geojson.ts';
import { MAP_LAYERS, type MapLayers } from '#shared/model/place.ts';
import type { ChapterDb } from '../store/chapter-db.ts';

/** The chapter's own map, whole. A layer that was never given is empty. */
export async function readMap(db: ChapterDb): Promise<MapLayers> {
  const rows = await db.read.selectFrom('map_layers').selectAll().execute();
  const layers: Record<string, FeatureCollection> = {};
  for (const name of MAP_LAYERS) {
    const row = rows.find((one) => one.name === name);
    const features: readonly Feature[] = [];
    layers[name] =
      row === undefined
        ? { type: 'FeatureCollection', features }
        : (JSON.parse(row.geojson) as FeatureCollection);
  }
  return layers as unknown as MapLayers;
}
