import type { BuildingId, TurfId, UniverseId } from '#shared/kernel/ids.ts';
import { compareUnits } from '#shared/walk/order-units.ts';
import type { ChapterDb } from '../store/chapter-db.ts';

/** A turf that a building is in, and where in its walk the building comes first. */
export interface BuildingTurf {
  readonly id: TurfId;
  readonly position: number;
}

/** Which turf of a universe each building is in; of a tower that was shared out, the oldest. */
export async function turfOfBuildings(
  db: ChapterDb,
  universeId: UniverseId,
): Promise<ReadonlyMap<number, BuildingTurf>> {
  const rows = await db.read
    .selectFrom('turfs')
    .innerJoin('turf_doors', 'turf_doors.turf_id', 'turfs.id')
    .innerJoin('doors', 'doors.key', 'turf_doors.door_key')
    .select((of) => ['turfs.id', 'doors.building_key', of.fn.min('position').as('position')])
    .where('turfs.universe_id', '=', universeId)
    // Of one that is closed the next pass has taken the place.
    .where('turfs.closed_at', 'is', null)
    .where('turf_doors.removed_seq', 'is', null)
    .groupBy(['turfs.created_at', 'turfs.id', 'doors.building_key'])
    .orderBy('turfs.created_at', 'desc')
    .orderBy('turfs.id', 'desc')
    .execute();
  return new Map(rows.map(({ building_key: key, id, position }) => [key, { id, position }]));
}

/** Of the towers of a universe whose floors were shared out: which turf has which units. */
export async function sharedTowers(
  db: ChapterDb,
  universeId: UniverseId,
): Promise<ReadonlyMap<BuildingId, ReadonlyMap<TurfId, readonly string[]>>> {
  const turfs = await db.read
    .selectFrom('turfs')
    .select(['id', 'towers'])
    .where('universe_id', '=', universeId)
    .where('towers', 'is not', null)
    .where('closed_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  const shared = new Map<BuildingId, Map<TurfId, readonly string[]>>();
  for (const { id, towers } of turfs) {
    const rows = await db.read
      .selectFrom('turf_doors')
      .innerJoin('doors', 'doors.key', 'turf_doors.door_key')
      .innerJoin('buildings', 'buildings.key', 'doors.building_key')
      .select(['buildings.id as building', 'doors.unit'])
      .where('turf_doors.turf_id', '=', id)
      .where('turf_doors.removed_seq', 'is', null)
      .where('buildings.id', 'in', JSON.parse(towers ?? '[]') as BuildingId[])
      .execute();
    for (const building of new Set(rows.map((row) => row.building))) {
      const units = rows.filter((row) => row.building === building).map(({ unit }) => unit);
      const parts = shared.get(building) ?? new Map<TurfId, readonly string[]>();
      shared.set(building, parts.set(id, units.sort(compareUnits)));
    }
  }
  return shared;
}
