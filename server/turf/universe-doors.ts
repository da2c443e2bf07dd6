import { sql } from 'kysely';
import type { TurfId, UniverseId } from '#shared/kernel/ids.ts';
import type { UniverseDoors, UniverseQuestion } from '#shared/model/universe.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { ensureUniverseRows } from '../store/universe-rows.ts';
import { selectUniverse } from './select-universe.ts';

/** Which turf of a universe each building is in. */
async function turfOfBuildings(
  db: ChapterDb,
  universeId: UniverseId,
): Promise<ReadonlyMap<number, TurfId>> {
  const rows = await db.read
    .selectFrom('turfs')
    .innerJoin('turf_doors', 'turf_doors.turf_id', 'turfs.id')
    .innerJoin('doors', 'doors.key', 'turf_doors.door_key')
    .select(['turfs.id', 'doors.building_key'])
    .where('turfs.universe_id', '=', universeId)
    .where('turf_doors.removed_seq', 'is', null)
    .orderBy('turfs.created_at')
    .orderBy('turfs.id')
    .execute();
  return new Map(rows.map((row) => [row.building_key, row.id]));
}

/** The doors that a question selects, as columns, one entry a building that has a place. */
export async function readUniverseDoors(
  db: ChapterDb,
  question: UniverseQuestion,
  universeId: UniverseId | null,
): Promise<UniverseDoors> {
  await ensureUniverseRows(db);
  const taken =
    universeId === null ? new Map<number, TurfId>() : await turfOfBuildings(db, universeId);
  const grouped = selectUniverse(db.read, question)
    .where('row.placed', '=', 1)
    .select([
      'row.building_key as key',
      sql<number>`count(*)`.as('people'),
      sql<number>`count(distinct row.door_key)`.as('doors'),
    ])
    .groupBy('row.building_key');
  const rows = await db.read
    .selectFrom(grouped.as('chosen'))
    .innerJoin('buildings', 'buildings.key', 'chosen.key')
    .select(['chosen.key', 'chosen.people', 'chosen.doors'])
    .select([
      'buildings.id',
      'buildings.number',
      'buildings.street',
      'buildings.lon',
      'buildings.lat',
    ])
    .orderBy('chosen.key')
    .execute();
  const turfs = [...new Set(rows.flatMap((row) => taken.get(row.key) ?? []))];
  const place = new Map(turfs.map((id, index) => [id, index]));
  return {
    buildings: rows.map((row) => row.id),
    label: rows.map((row) => `${row.number} ${row.street}`.trim()),
    lon: rows.map((row) => row.lon ?? 0),
    lat: rows.map((row) => row.lat ?? 0),
    doors: rows.map((row) => row.doors),
    people: rows.map((row) => row.people),
    turfs,
    turf: rows.map((row) => {
      const turfId = taken.get(row.key);
      return turfId === undefined ? -1 : (place.get(turfId) ?? -1);
    }),
  };
}
