import type { Polygon, Position } from '../model/geojson.ts';

/** Places as columns, in degrees. NaN stands for a building that has no place yet. */
export interface PlaceColumns {
  readonly lon: ArrayLike<number>;
  readonly lat: ArrayLike<number>;
}

/**
 * Which buildings lie inside an outline: their indexes, ascending. A building is one point, so it
 * is never split; one without a place is never included. A point on the edge is in at most one of
 * two outlines that share that edge. Holes count as outside. Method: a bounding box, then the
 * even-odd rule on the edges that cross the point's band of latitude.
 */
export function assignBuildings(places: PlaceColumns, outline: Polygon): number[] {
  const { lon, lat } = places;
  const bands = bandEdges(outline.coordinates);
  const found: number[] = [];
  if (!bands) return found;
  const { west, east, south, north } = bands;
  for (let i = 0; i < lon.length; i++) {
    const x = lon[i] ?? NaN;
    const y = lat[i] ?? NaN;
    // NaN fails each comparison and so drops out here.
    if (!(x >= west && x <= east && y >= south && y <= north)) continue;
    if (isInside(bands, x, y)) found.push(i);
  }
  return found;
}

/** True when a place lies inside an outline; the same rule as `assignBuildings`. */
export function isInOutline(lon: number, lat: number, outline: Polygon): boolean {
  return assignBuildings({ lon: [lon], lat: [lat] }, outline).length === 1;
}

interface Bands {
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
  readonly perDegree: number;
  /** For each band of latitude its edges, as x1, y1, x2, y2 in a row. */
  readonly edges: readonly number[][];
}

const BANDS = 64;

function bandEdges(rings: readonly (readonly Position[])[]): Bands | null {
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [lon, lat] of rings.flat()) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  if (!(north > south && east > west)) return null;
  const perDegree = BANDS / (north - south);
  const edges = Array.from({ length: BANDS }, (): number[] => []);
  const bandOf = (lat: number): number =>
    Math.min(BANDS - 1, Math.max(0, Math.floor((lat - south) * perDegree)));
  for (const ring of rings) {
    ring.forEach(([x1, y1], i) => {
      const [x2, y2] = ring[(i + 1) % ring.length] ?? [x1, y1];
      if (y1 === y2) return;
      const last = bandOf(Math.max(y1, y2));
      for (let band = bandOf(Math.min(y1, y2)); band <= last; band++) {
        edges[band]?.push(x1, y1, x2, y2);
      }
    });
  }
  return { west, east, south, north, perDegree, edges };
}

function isInside({ south, perDegree, edges }: Bands, x: number, y: number): boolean {
  const band = edges[Math.min(BANDS - 1, Math.floor((y - south) * perDegree))] ?? [];
  let inside = false;
  for (let i = 0; i < band.length; i += 4) {
    const y1 = band[i + 1] ?? 0;
    const y2 = band[i + 3] ?? 0;
    if (y1 > y === y2 > y) continue;
    const x1 = band[i] ?? 0;
    // The edge is always read from its southern end, so that two outlines which share it compute
    // the very same number for it and no point falls between them.
    const x2 = band[i + 2] ?? 0;
    const at =
      y1 < y2 ? x1 + ((y - y1) / (y2 - y1)) * (x2 - x1) : x2 + ((y - y2) / (y1 - y2)) * (x1 - x2);
    if (x < at) inside = !inside;
  }
  return inside;
}
