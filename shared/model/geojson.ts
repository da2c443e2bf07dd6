/** GeoJSON of RFC 7946, as far as we use it. Positions are [longitude, latitude] in degrees. */
export type Position = readonly [number, number, ...number[]];

export interface Point {
  readonly type: 'Point';
  readonly coordinates: Position;
}
export interface LineString {
  readonly type: 'LineString';
  readonly coordinates: readonly Position[];
}
export interface MultiLineString {
  readonly type: 'MultiLineString';
  readonly coordinates: readonly (readonly Position[])[];
}
export interface Polygon {
  readonly type: 'Polygon';
  readonly coordinates: readonly (readonly Position[])[];
}
export interface MultiPolygon {
  readonly type: 'MultiPolygon';
  readonly coordinates: readonly (readonly (readonly Position[])[])[];
}
export type Geometry = Point | LineString | MultiLineString | Polygon | MultiPolygon;

export interface Feature<G extends Geometry = Geometry> {
  readonly type: 'Feature';
  readonly properties: Readonly<Record<string, string | number | null>>;
  readonly geometry: G;
}
export interface FeatureCollection<G extends Geometry = Geometry> {
  readonly type: 'FeatureCollection';
  readonly features: readonly Feature<G>[];
}
