import type { MultiPolygon, Polygon, Position } from '../../model/geojson.ts';
import { type Plane, toLonLat } from '../../streets/plane.ts';
import { CellOwners } from './cell-owners.ts';
import { traceCells } from './trace-cells.ts';

/** A square of the raster that outlines are drawn on, in metres. Smaller than a plot is wide. */
const CELL = 12;
/** How far around a stop, and around the way between two, a turf reaches on the map. */
const AROUND_STOP = 26;
const AROUND_WAY = 14;
/** A longer way is not drawn: over a river or a field it would say that somebody lives there. */
const LONGEST_WAY = 250;

interface OutlineInput {
  readonly plane: Plane;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** The stops of each turf in walking order. */
  readonly turfs: readonly (readonly number[])[];
}

/**
 * Outlines around the stops of turfs, for people to look at: no two overlap. Each square of a raster
 * is of the turf whose stop, or way between stops, is nearest; the borders run through the middles of
 * the squares' sides, so that neighbours share them.
 */
export function outlineTurfs({ plane, x, y, turfs }: OutlineInput): (Polygon | MultiPolygon)[] {
  const owners = new CellOwners(CELL);
  turfs.forEach((stops, turf) => {
    for (let i = 0; i < stops.length; i++) {
      const [px, py] = [x[stops[i] as number] as number, y[stops[i] as number] as number];
      owners.claimAround(px, py, AROUND_STOP, 0, turf);
      if (i === 0) continue;
      const before = stops[i - 1] as number;
      const [dx, dy] = [px - (x[before] as number), py - (y[before] as number)];
      const length = Math.hypot(dx, dy);
      if (length > LONGEST_WAY) continue;
      // What lies beside a way is the turf's only where no door of another is as near.
      for (let step = CELL; step < length; step += CELL) {
        const share = step / length;
        owners.claimAround(px - dx * share, py - dy * share, AROUND_WAY, AROUND_STOP, turf);
      }
    }
  });
  turfs.forEach((stops, turf) => {
    // Floors of one tower are at one place: each gets a square beside it.
    const stop = stops[0];
    if (stop !== undefined && !owners.has(turf)) {
      owners.claimFree(x[stop] as number, y[stop] as number, turf);
    }
  });
  const cells = owners.cellsByTurf(turfs.length);
  const toDegrees = ([column, row]: readonly [number, number]): Position => {
    const [lon, lat] = toLonLat(plane, column * CELL, row * CELL);
    const exact = plane.turn === 0 ? 1e3 : 1e7;
    return [Math.round(lon * exact) / exact, Math.round(lat * exact) / exact];
  };
  return cells.map((own) => {
    const parts = traceCells(own);
    const coordinates = parts.map((rings) => rings.map((ring) => ring.map(toDegrees)));
    return coordinates.length === 1
      ? { type: 'Polygon', coordinates: coordinates[0] ?? [] }
      : { type: 'MultiPolygon', coordinates };
  });
}
