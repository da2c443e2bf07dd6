import type { Feature } from '../model/geojson.ts';
import type { Bounds } from './clip-map.ts';

/** The features whose own box touches this one, whole: what an edge would cut keeps its numbers. */
export function featuresIn(features: readonly Feature[], bounds: Bounds): Feature[] {
  return features.filter(({ geometry }) => touches(boxOf(geometry.coordinates), bounds));
}

function touches([west, south, east, north]: Bounds, [w, s, e, n]: Bounds): boolean {
  return west <= e && east >= w && south <= n && north >= s;
}

function boxOf(coordinates: readonly unknown[]): Bounds {
  const [first, second] = coordinates;
  if (typeof first === 'number' && typeof second === 'number') {
    return [first, second, first, second];
  }
  let box: Bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (const part of coordinates) {
    if (!Array.isArray(part)) continue;
    const [west, south, east, north] = boxOf(part);
    box = [
      Math.min(box[0], west),
      Math.min(box[1], south),
      Math.max(box[2], east),
      Math.max(box[3], north),
    ];
  }
  return box;
}
