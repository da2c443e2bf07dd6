import type { Kysely } from 'kysely';
import type { BuildingId, DoorId, TurfId, UniverseId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Building } from '#shared/model/door.ts';
import type { Polygon } from '#shared/model/geojson.ts';
import type { Universe } from '#shared/model/universe.ts';
import { assignBuildings } from '#shared/turf/assign-buildings.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Tables } from '../store/tables.ts';
import { ensureUniverseRows } from '../store/universe-rows.ts';
import { orderOnStreets } from './order-on-streets.ts';
import { findRefusing } from './find-refusing.ts';
import { selectToVisit } from './select-universe.ts';
import { findWish } from './walk-wish.ts';

/** A phone carries a turf whole; more doors than this nobody walks in a shift. */
const MOST_DOORS = 5000;

interface CutDoor {
  readonly key: number;
  readonly id: DoorId;
  readonly buildingId: BuildingId;
  readonly buildingKey: number;
  readonly unit: string;
}

/** The doors inside an outline in walk order, and the people of the universe behind them. */
export interface Cut {
  readonly doors: readonly CutDoor[];
  readonly targets: readonly { readonly personKey: number; readonly buildingKey: number }[];
}

function boundsOf(outline: Polygon) {
  const corners = outline.coordinates.flat();
  const lons = corners.map(([lon]) => lon);
  const lats = corners.map(([, lat]) => lat);
  return {
    west: Math.min(...lons),
    east: Math.max(...lons),
    south: Math.min(...lats),
    north: Math.max(...lats),
  };
}

async function findBuildings(
  db: ChapterDb,
  universe: Universe,
  outline: Polygon,
  refusing: readonly number[],
) {
  const { west, east, south, north } = boundsOf(outline);
  const near = await db.read
    .selectFrom('buildings')
    .selectAll()
    .where('lon', '>=', west)
    .where('lon', '<=', east)
    .where('lat', '>=', south)
    .where('lat', '<=', north)
    .where(
      'key',
      'in',
      selectToVisit(db.read, universe.question, refusing).select('row.building_key'),
    )
    .execute();
  const places = { lon: near.map((one) => one.lon ?? NaN), lat: near.map((one) => one.lat ?? NaN) };
  return assignBuildings(places, outline).flatMap((index) => near[index] ?? []);
}

/**
 * The universe's doors inside an outline, in walk order; those last that are in another turf of it
 * than `turfId` already.
 */
export async function cutDoors(
  db: ChapterDb,
  universe: Universe,
  outline: Polygon,
  turfId: TurfId | null,
): Promise<Result<Cut>> {
  await ensureUniverseRows(db);
  const refusing = await findRefusing(db.read, 'door');
  const inside = await findBuildings(db, universe, outline, refusing);
  if (inside.length > MOST_DOORS) {
    return fail(problem('turf-too-large', { doors: inside.length, limit: MOST_DOORS }));
  }
  const byKey = new Map(inside.map((building) => [building.key, building]));
  const rows = await selectToVisit(db.read, universe.question, refusing)
    .innerJoin('doors', 'doors.key', 'row.door_key')
    .select(['doors.key', 'doors.id', 'doors.unit', 'row.building_key', 'row.person_key'])
    .where('row.building_key', 'in', [...byKey.keys()])
    .execute();
  const doors = new Map<number, CutDoor>();
  for (const row of rows) {
    const building = byKey.get(row.building_key);
    if (building === undefined) continue;
    const { key, id, unit } = row;
    doors.set(key, { key, id, unit, buildingKey: building.key, buildingId: building.id });
  }
  if (doors.size > MOST_DOORS) {
    return fail(problem('turf-too-large', { doors: doors.size, limit: MOST_DOORS }));
  }
  const buildings: Building[] = inside;
  const targets = rows.map((row) => ({
    personKey: row.person_key,
    buildingKey: row.building_key,
  }));
  const taken = await findTaken(db.read, universe.id, turfId);
  const isTaken = (door: CutDoor): boolean => taken.has(door.buildingKey);
  const all = [...doors.values()];
  const free = await orderOnStreets(
    db,
    all.filter((door) => !isTaken(door)),
    buildings,
    await findWish(db, turfId),
  );
  return ok({ doors: [...free, ...all.filter(isTaken)], targets });
}

/** Which building of a universe is in which other turf of it: a building is never in two. */
export async function findTaken(
  db: Kysely<Tables>,
  universeId: UniverseId,
  except: TurfId | null,
): Promise<ReadonlyMap<number, string>> {
  let query = db
    .selectFrom('turfs')
    .innerJoin('turf_doors', 'turf_doors.turf_id', 'turfs.id')
    .innerJoin('doors', 'doors.key', 'turf_doors.door_key')
    .select(['doors.building_key as key', 'turfs.name'])
    .distinct()
    .where('turfs.universe_id', '=', universeId)
    .where('turfs.closed_at', 'is', null)
    .where('turf_doors.removed_seq', 'is', null);
  if (except !== null) query = query.where('turfs.id', '!=', except);
  const rows = await query.execute();
  return new Map(rows.map((row) => [row.key, row.name]));
}
