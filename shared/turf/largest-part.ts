import type { MultiPolygon, Polygon } from '../model/geojson.ts';
import { outlineArea } from './outline-area.ts';

/** The largest polygon of an outline of several parts; that of one part is itself. */
export function largestPart(outline: Polygon | MultiPolygon): Polygon {
  if (outline.type === 'Polygon') return outline;
  const parts = outline.coordinates.map((coordinates): Polygon => ({
    type: 'Polygon',
    coordinates,
  }));
  const areas = parts.map(outlineArea);
  return parts[areas.indexOf(Math.max(...areas))] ?? { type: 'Polygon', coordinates: [] };
}
