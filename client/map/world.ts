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

/** The same longitude counted from Greenwich to the east alone, 0 to 360. */
export function eastward(lon: number): number {
  return lon < 0 ? lon + 360 : lon;
}

/** Collects places; what lies across the date line has an east beyond 180. */
class Extent {
  private south = Infinity;
  private north = -Infinity;
  private readonly east: [number, number] = [Infinity, -Infinity];
  private readonly both: [number, number] = [Infinity, -Infinity];

  add(lon: number, lat: number): void {
    widen(this.both, lon);
    widen(this.east, eastward(lon));
    if (lat < this.south) this.south = lat;
    if (lat > this.north) this.north = lat;
  }

  bounds(): Bounds | null {
    const { both, east } = this;
    if (both[0] === Infinity) return null;
    const across = both[1] - both[0] > 180 && east[1] - east[0] < both[1] - both[0];
    const [from, to] = across ? east : both;
    return [from, this.south, to, this.north];
  }
}

function widen(range: [number, number], value: number): void {
  if (value < range[0]) range[0] = value;
  if (value > range[1]) range[1] = value;
}

/**
 * The bounds of some positions; null when there are none. Of what lies on both sides of the date line
 * the west is counted on, beyond 180: as narrow as it is, and not around the world.
 */
export function boundsOf(positions: Iterable<Position>): Bounds | null {
  const extent = new Extent();
  for (const [lon, lat] of positions) extent.add(lon, lat);
  return extent.bounds();
}

/** The same of places as columns, in degrees; null when there are none. NaN is passed over. */
export function columnBounds(lon: ArrayLike<number>, lat: ArrayLike<number>): Bounds | null {
  const extent = new Extent();
  for (let i = 0; i < lon.length; i++) extent.add(lon[i] ?? NaN, lat[i] ?? NaN);
  return extent.bounds();
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
