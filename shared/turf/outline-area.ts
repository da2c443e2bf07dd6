import { area } from '@turf/area';
import type { Polygon } from '../model/geojson.ts';

/** The area of an outline on the globe, in square metres. Method: `@turf/area`. */
export function outlineArea(outline: Polygon): number {
  return area({
    type: 'Polygon',
    coordinates: outline.coordinates.map((ring) => ring.map(([lon, lat]) => [lon, lat])),
  });
}
