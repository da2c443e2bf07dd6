import type { MultiPolygon, Polygon, Position } from '#shared/model/geojson.ts';
import { insideRing, type Bounds, boundsOf } from './world.ts';

type Rings = readonly (readonly Position[])[];

/** The parts of an outline, each with its outer ring first. */
export function partsOf(outline: Polygon | MultiPolygon): readonly Rings[] {
  return outline.type === 'Polygon' ? [outline.coordinates] : outline.coordinates;
}

/** The bounds of all parts of an outline; null when it is empty. */
export function outlineBounds(outline: Polygon | MultiPolygon): Bounds | null {
  return boundsOf(partsOf(outline).flatMap(([outer]) => outer ?? []));
}

/** True when a place in degrees lies in a part of an outline and in no hole of it. */
export function insideOutline(lon: number, lat: number, outline: Polygon | MultiPolygon): boolean {
  return partsOf(outline).some(
    ([outer, ...holes]) =>
      outer !== undefined &&
      insideRing(lon, lat, outer) &&
      !holes.some((hole) => insideRing(lon, lat, hole)),
  );
}
