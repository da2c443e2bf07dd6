import { bboxClip } from '@turf/bbox-clip';
import type {
  Feature,
  FeatureCollection,
  Geometry,
  MultiPolygon,
  Polygon,
} from '../model/geojson.ts';
import { MAP_LAYERS, type MapLayers } from '../model/place.ts';

/** West, south, east, north in degrees. */
export type Bounds = readonly [number, number, number, number];

const METRES_PER_DEGREE = 111_320;

const ringsOf = (outline: Polygon | MultiPolygon): Polygon['coordinates'] =>
  outline.type === 'Polygon' ? outline.coordinates : outline.coordinates.flat();

/** The box around an outline and `metres` beyond it on each side. */
export function boundsAround(outline: Polygon | MultiPolygon, metres: number): Bounds {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of ringsOf(outline).flat()) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  const dLat = metres / METRES_PER_DEGREE;
  const dLon = dLat / Math.max(0.01, Math.cos((((south + north) / 2) * Math.PI) / 180));
  return [west - dLon, south - dLat, east + dLon, north + dLat];
}

function isEmpty(coordinates: unknown): boolean {
  return !Array.isArray(coordinates) || coordinates.every(isEmptyPart);
}

function isEmptyPart(part: unknown): boolean {
  return Array.isArray(part) && part.length === 0;
}

/** What of a feature lies inside a box: nothing, or the same feature with its geometry cut. */
export function clipFeature(feature: Feature, bounds: Bounds): Feature[] {
  const { geometry } = feature;
  if (geometry.type === 'Point') {
    const [lon, lat] = geometry.coordinates;
    const inside = lon >= bounds[0] && lon <= bounds[2] && lat >= bounds[1] && lat <= bounds[3];
    return inside ? [feature] : [];
  }
  // Our positions are read-only and theirs are not; the clip copies what it changes.
  const clipped = bboxClip(geometry as unknown as Parameters<typeof bboxClip>[0], [...bounds]);
  if (isEmpty(clipped.geometry.coordinates)) return [];
  return [{ ...feature, geometry: clipped.geometry as unknown as Geometry }];
}

/**
 * The map inside a box: lines and areas are cut at its edge, what lies beyond is dropped, layers
 * and properties stay. Method: Cohen-Sutherland and Sutherland-Hodgman, by @turf/bbox-clip.
 */
export function clipMap(map: MapLayers, bounds: Bounds): MapLayers {
  const layers: Record<string, FeatureCollection> = {};
  for (const name of MAP_LAYERS) {
    const features = (map[name] as FeatureCollection).features;
    layers[name] = {
      type: 'FeatureCollection',
      features: features.flatMap((feature) => clipFeature(feature, bounds)),
    };
  }
  return layers as unknown as MapLayers;
}
