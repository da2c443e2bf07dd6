import { ok, type Result } from '../../kernel/result.ts';
import type { Polygon, Position } from '../../model/geojson.ts';
import { toX, toY } from '../../streets/plane.ts';
import { assignBuildings } from '../assign-buildings.ts';
import { checkOutline } from '../check-outline.ts';
import type { PlanDoors } from './plan.ts';

/** An outline that can be used, and the buildings that lie inside, ascending. */
export interface Inside {
  readonly outline: Polygon;
  readonly indexes: readonly number[];
}

/** A map that is moved on and on counts longitudes beyond the date line. */
const onGlobe = (lon: number): number =>
  Math.abs(lon) > 180 ? lon - 360 * Math.round(lon / 360) : lon;

/** The globe seen from its other side: the date line is in the middle. */
const fromBehind = (lon: number): number => (lon > 0 ? lon - 180 : lon + 180);

const moved = (outline: Polygon, to: (lon: number) => number): Polygon => ({
  type: 'Polygon',
  coordinates: outline.coordinates.map((ring) =>
    ring.map(([lon, lat]): Position => [to(lon), lat]),
  ),
});

/**
 * The buildings inside an outline that somebody drew. One more than half the globe wide lies across
 * the date line. Only buildings near it are asked. Problems: those of `checkOutline`.
 */
export function insideOf(doors: PlanDoors, drawn: Polygon): Result<Inside> {
  const globe = moved(drawn, onGlobe);
  const lons = globe.coordinates.flat().map(([lon]) => lon);
  const across = Math.max(...lons) - Math.min(...lons) > 180;
  const seen = across ? fromBehind : onGlobe;
  const checked = checkOutline(moved(globe, seen));
  if (!checked.ok) return checked;
  const near = doorsNear(doors, checked.value.coordinates[0] ?? [], seen);
  const lon = near.map((index) => seen(doors.lon[index] as number));
  const lat = near.map((index) => doors.lat[index] as number);
  const indexes = assignBuildings({ lon, lat }, checked.value).map((i) => near[i] as number);
  const outline = across ? moved(checked.value, fromBehind) : checked.value;
  return ok({ outline, indexes });
}

function doorsNear(
  { plane, grid }: PlanDoors,
  ring: readonly Position[],
  seen: (lon: number) => number,
): number[] {
  const x = ring.map(([lon]) => toX(plane, seen(lon)));
  const y = ring.map(([, lat]) => toY(plane, lat));
  const near = grid.around(Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y));
  return near.sort((a, b) => a - b);
}
