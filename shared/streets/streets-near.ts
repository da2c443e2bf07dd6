import type { Position } from '../model/geojson.ts';
import type { Street } from './street.ts';

/** Degrees of latitude of one cell: some 450 metres. */
const CELL = 0.004;

interface Placed {
  readonly lon: number;
  readonly lat: number;
}

/**
 * The streets that pass within some 450 to 900 metres of one of these places. Places far apart, in
 * two cities or on both sides of the date line, have their own streets and not all between.
 */
export function streetsNear(streets: readonly Street[], places: readonly Placed[]): Street[] {
  const first = places[0];
  if (first === undefined) return [];
  const wide = CELL / Math.max(0.01, Math.cos((first.lat * Math.PI) / 180));
  const around = Math.ceil(360 / wide);
  const column = (lon: number): number => Math.floor((((lon % 360) + 360) % 360) / wide);
  const row = (lat: number): number => Math.floor(lat / CELL);
  const near = new Set<number>();
  const key = (c: number, r: number): number => ((c + around) % around) * 1e6 + r;
  for (const { lon, lat } of places) {
    const [c, r] = [column(lon), row(lat)];
    for (let dc = -1; dc <= 1; dc++) for (let dr = -1; dr <= 1; dr++) near.add(key(c + dc, r + dr));
  }
  const passes = (line: readonly Position[]): boolean =>
    line.some(([lon, lat], i) => {
      const [before = lon, beforeLat = lat] = line[i - 1] ?? [];
      // A long straight stretch has no point in most cells that it passes.
      const steps = Math.min(
        1000,
        Math.ceil(Math.max(Math.abs(lon - before) / wide, Math.abs(lat - beforeLat) / CELL)),
      );
      for (let k = 0; k <= steps; k++) {
        const t = steps === 0 ? 1 : k / steps;
        const place = [before + t * (lon - before), beforeLat + t * (lat - beforeLat)] as const;
        if (near.has(key(column(place[0]), row(place[1])))) return true;
      }
      return false;
    });
  return streets.filter(({ line }) => passes(line));
}
