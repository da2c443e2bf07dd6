import type { MapDoors } from '../../map/doors-layer.ts';
import type { TurfId } from '#shared/kernel/ids.ts';
import type { Polygon } from '#shared/model/geojson.ts';
import type { Turf } from '#shared/model/turf.ts';
import type { UniverseDoors } from '#shared/model/universe.ts';

type Bounds = readonly [west: number, south: number, east: number, north: number];

/** The turf of each building, or null when it is in none. */
export function turfOf(doors: UniverseDoors, index: number): TurfId | null {
  return doors.turfs[doors.turf[index] ?? -1] ?? null;
}

/** Doors that are in no turf yet. */
export function countUncut(doors: UniverseDoors): { readonly doors: number; readonly all: number } {
  let uncut = 0;
  let all = 0;
  doors.doors.forEach((count, index) => {
    all += count;
    if (turfOf(doors, index) === null) uncut += count;
  });
  return { doors: uncut, all };
}

/** The columns that the map draws: uncut doors in ink, the others in the colour of their turf. */
export function mapColumns(doors: UniverseDoors, turfs: readonly Turf[]): MapDoors {
  const hues = new Map(turfs.map(({ id, hue }) => [id, hue]));
  const hue = Int8Array.from(doors.buildings, (_, index) => {
    const turf = turfOf(doors, index);
    return turf === null ? -1 : (hues.get(turf) ?? -1);
  });
  return {
    lon: doors.lon,
    lat: doors.lat,
    doors: doors.doors,
    hue,
    number: doors.label.map((label) => label.split(' ', 1)[0] ?? ''),
  };
}

/** The columns with the buildings of an outline marked. */
export function markInside(columns: MapDoors, inside: readonly number[]): MapDoors {
  const marked = new Uint8Array(columns.lon.length);
  for (const index of inside) marked[index] = 1;
  return { ...columns, marked };
}

/** What to show so that all of these outlines, or all these places, are in sight. */
export function boundsOfOutline(outline: Polygon): Bounds {
  const ring = outline.coordinates[0] ?? [];
  return boundsOf(
    ring.map(([lon]) => lon),
    ring.map(([, lat]) => lat),
  );
}

export function boundsOfDoors(doors: UniverseDoors): Bounds | null {
  return doors.lon.length === 0 ? null : boundsOf(doors.lon, doors.lat);
}

// Not Math.min(...): a universe may hold more places than a call takes arguments.
function boundsOf(lons: readonly number[], lats: readonly number[]): Bounds {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  lons.forEach((lon, index) => {
    const lat = lats[index] ?? 0;
    west = Math.min(west, lon);
    east = Math.max(east, lon);
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  });
  return [west, south, east, north];
}
