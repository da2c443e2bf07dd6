import { MAP_LAYERS, type MapLayers } from '#shared/model/place.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { fixedQuery } from '../store/fixed-query.ts';

const EMPTY = '{"type":"FeatureCollection","features":[]}';

const selectLayers = fixedQuery((db) => db.selectFrom('map_layers').selectAll());

/** The chapter's own map as JSON, as it is stored. A layer that was never given is empty. */
export async function readMapText(db: ChapterDb): Promise<string> {
  const rows = await selectLayers(db.read, {});
  const stored = new Map(rows.map((row) => [row.name, row.geojson]));
  return `{${MAP_LAYERS.map((name) => `"${name}":${stored.get(name) ?? EMPTY}`).join(',')}}`;
}

/** The chapter's own map. */
export async function readMap(db: ChapterDb): Promise<MapLayers> {
  return JSON.parse(await readMapText(db)) as MapLayers;
}
