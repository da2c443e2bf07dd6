import { MAP_LAYERS, type MapLayers } from '#shared/model/place.ts';
import type { ChapterDb } from '../store/chapter-db.ts';

const EMPTY = '{"type":"FeatureCollection","features":[]}';

/** The chapter's own map as JSON, as it is stored. A layer that was never given is empty. */
export async function readMapText(db: ChapterDb): Promise<string> {
  const rows = await db.read.selectFrom('map_layers').selectAll().execute();
  const stored = new Map(rows.map((row) => [row.name, row.geojson]));
  return `{${MAP_LAYERS.map((name) => `"${name}":${stored.get(name) ?? EMPTY}`).join(',')}}`;
}

/** The chapter's own map. */
export async function readMap(db: ChapterDb): Promise<MapLayers> {
  return JSON.parse(await readMapText(db)) as MapLayers;
}
