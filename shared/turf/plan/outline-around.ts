import type { MultiPolygon, Polygon } from '../../model/geojson.ts';
import { assignBuildings } from '../assign-buildings.ts';
import { outlineTurfs } from '../cut/outline-turfs.ts';
import type { DoorShares } from './door-shares.ts';
import type { PlanDoors, PlanTurf } from './plan.ts';

/** Nearer than this two turfs may claim the same ground. */
const BESIDE = 60;

/**
 * Outlines around the doors of some turfs, for people to look at. They stop where doors of other
 * turfs are nearer, whose own outlines stay as they are.
 */
export function outlineAround(
  doors: PlanDoors,
  shares: DoorShares,
  turfs: ReadonlyMap<string, Pick<PlanTurf, 'order'>>,
  drawn: readonly string[],
): ReadonlyMap<string, Polygon | MultiPolygon> {
  const keys = [...new Set([...drawn, ...neighboursOf(doors, shares, turfs, drawn)])];
  const outlines = outlineTurfs({
    plane: doors.plane,
    x: doors.x,
    y: doors.y,
    turfs: keys.map((key) => turfs.get(key)?.order ?? []),
  });
  return new Map(
    drawn.map((key, i) => {
      const outline = outlines[i] ?? { type: 'Polygon', coordinates: [] };
      return [key, partsWithDoors(doors, outline, turfs.get(key)?.order ?? [])];
    }),
  );
}

/**
 * An outline without the parts in which no door of its turf is: bits of a way past other turfs' doors,
 * which people would take for a turf of its own. One without any such door stays as it is.
 */
function partsWithDoors(
  { lon, lat }: PlanDoors,
  outline: Polygon | MultiPolygon,
  order: readonly number[],
): Polygon | MultiPolygon {
  if (outline.type === 'Polygon') return outline;
  const own = {
    lon: order.map((index) => lon[index] as number),
    lat: order.map((index) => lat[index] as number),
  };
  const parts = outline.coordinates.filter(
    (coordinates) => assignBuildings(own, { type: 'Polygon', coordinates }).length > 0,
  );
  const [only] = parts;
  if (only === undefined) return outline;
  return parts.length === 1
    ? { type: 'Polygon', coordinates: only }
    : { type: 'MultiPolygon', coordinates: parts };
}

function neighboursOf(
  { x, y, grid }: PlanDoors,
  shares: DoorShares,
  turfs: ReadonlyMap<string, Pick<PlanTurf, 'order'>>,
  drawn: readonly string[],
): Set<string> {
  const found = new Set<string>();
  for (const key of drawn) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const index of turfs.get(key)?.order ?? []) {
      west = Math.min(west, x[index] as number);
      east = Math.max(east, x[index] as number);
      south = Math.min(south, y[index] as number);
      north = Math.max(north, y[index] as number);
    }
    if (!(west <= east)) continue;
    const near = grid.around(west - BESIDE, south - BESIDE, east + BESIDE, north + BESIDE);
    for (const index of near) for (const other of shares.at(index)) found.add(other);
  }
  return found;
}
