import type { FeatureCollection, MultiPolygon, Polygon, Position } from '../model/geojson.ts';

interface Area {
  readonly name: string;
  readonly box: readonly [west: number, south: number, east: number, north: number];
  readonly polygons: readonly (readonly (readonly Position[])[])[];
}

/**
 * A finder of the precinct that holds a point (degrees), or null. The name is the property `wp`,
 * else `precinct` or `name`. Method: even-odd rule, holes included.
 */
export function makePrecinctFinder(
  layer: FeatureCollection<Polygon | MultiPolygon>,
): (lon: number, lat: number) => string | null {
  const areas: Area[] = layer.features.map(({ properties, geometry }) => {
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    const points = polygons.flatMap((rings) => rings[0] ?? []);
    const xs = points.map((point) => point[0]);
    const ys = points.map((point) => point[1]);
    return {
      name: String(properties['wp'] ?? properties['precinct'] ?? properties['name'] ?? ''),
      box: [least(xs), least(ys), most(xs), most(ys)],
      polygons,
    };
  });
  return (lon, lat) => {
    const area = areas.find(
      ({ box, polygons }) =>
        lon >= box[0] &&
        lat >= box[1] &&
        lon <= box[2] &&
        lat <= box[3] &&
        polygons.some((rings) => isInside(rings, lon, lat)),
    );
    return area === undefined || area.name === '' ? null : area.name;
  };
}

function isInside(rings: readonly (readonly Position[])[], lon: number, lat: number): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [x1 = 0, y1 = 0] = ring[i] ?? [];
      const [x2 = 0, y2 = 0] = ring[j] ?? [];
      if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1)
        inside = !inside;
    }
  }
  return inside;
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}
function most(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity);
}
