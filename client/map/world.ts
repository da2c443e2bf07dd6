import type { Position } from '#shared/model/geojson.ts';

/** West, south, east, north in degrees. */
export type Bounds = readonly [number, number, number, number];

/** Longitude in degrees to the width of the world, 0 to 1 (spherical Mercator, as Leaflet's). */
export function lonToX(lon: number): number {
  return lon / 360 + 0.5;
}

/** Latitude in degrees to the height of the world, 0 at the north to 1 at the south. */
export function latToY(lat: number): number {
  const sin = Math.sin((Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
}

/** What a side of the world measures at zoom 0, in CSS pixels. */
const WORLD = 256;

/** The closest whole zoom at which all of these bounds are on a map of so many pixels; at least 1. */
export function zoomToFit(
  [west, south, east, north]: Bounds,
  width: number,
  height: number,
): number {
  const wide = WORLD * (lonToX(east) - lonToX(west));
  const high = WORLD * (latToY(south) - latToY(north));
  return Math.max(
    1,
    Math.floor(Math.log2(Math.min(Math.max(1, width) / wide, Math.max(1, height) / high))),
  );
}

/** The bounds of some positions; null when there are none. */
export function boundsOf(positions: Iterable<Position>): Bounds | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of positions) {
    if (lon < west) west = lon;
    if (lon > east) east = lon;
    if (lat < south) south = lat;
    if (lat > north) north = lat;
  }
  return west === Infinity ? null : [west, south, east, north];
}

/** The bounds of places as columns, in degrees; null when there are none. NaN is passed over. */
export function columnBounds(lon: ArrayLike<number>, lat: ArrayLike<number>): Bounds | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < lon.length; i++) {
    const x = lon[i] ?? NaN;
    const y = lat[i] ?? NaN;
    if (x < west) west = x;
    if (x > east) east = x;
    if (y < south) south = y;
    if (y > north) north = y;
  }
  return west === Infinity ? null : [west, south, east, north];
}

/** True when a point lies inside a ring of x, y pairs (even-odd rule). */
export function insideRing(x: number, y: number, ring: readonly Position[]): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i] as Position;
    const [xj, yj] = ring[j] as Position;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}
