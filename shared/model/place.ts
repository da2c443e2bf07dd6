import type {
  FeatureCollection,
  LineString,
  MultiLineString,
  MultiPolygon,
  Polygon,
} from './geojson.ts';

/** The chapter's own map, in layers of GeoJSON (WGS84 degrees). Served by the chapter, never by others. */
export interface MapLayers {
  /** Properties: `street` (its name), `cls` (`limited`, which nobody walks, `major`, `secondary`, `residential`, `path`). */
  readonly streets: FeatureCollection<LineString | MultiLineString>;
  readonly water: FeatureCollection<Polygon | MultiPolygon | LineString>;
  readonly parks: FeatureCollection<Polygon | MultiPolygon>;
  readonly buildings: FeatureCollection<Polygon | MultiPolygon>;
  readonly rail: FeatureCollection<LineString | MultiLineString>;
  /** Property: `wp` (the precinct's name). */
  readonly precincts: FeatureCollection<Polygon | MultiPolygon>;
}

export const MAP_LAYERS = ['streets', 'water', 'parks', 'buildings', 'rail', 'precincts'] as const;
export type MapLayerName = (typeof MAP_LAYERS)[number];
