import type { MultiPolygon, Polygon } from '../../model/geojson.ts';
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
  return new Map(drawn.map((key, i) => [key, outlines[i] ?? { type: 'Polygon', coordinates: [] }]));
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
