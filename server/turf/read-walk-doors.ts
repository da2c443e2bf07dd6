import type { BuildingId, DoorId, TurfId } from '#shared/kernel/ids.ts';
import type { ChapterDb } from '../store/chapter-db.ts';

/** A door of a turf as its walk sees it. */
export interface TurfWalkDoor {
  readonly id: DoorId;
  readonly building: BuildingId;
  readonly unit: string;
  readonly street: string;
  readonly number: string;
  readonly lon: number | null;
  readonly lat: number | null;
  /** The number on the list. */
  readonly position: number;
}

/** The doors of a turf in the order that stands. */
export function readWalkDoors(db: ChapterDb, turfId: TurfId): Promise<TurfWalkDoor[]> {
  return db.read
    .selectFrom('turf_doors')
    .innerJoin('doors', 'doors.key', 'turf_doors.door_key')
    .innerJoin('buildings', 'buildings.key', 'doors.building_key')
    .select(['doors.id', 'buildings.id as building', 'doors.unit'])
    .select(['buildings.street', 'buildings.number', 'buildings.lon', 'buildings.lat'])
    .select('turf_doors.position')
    .where('turf_doors.turf_id', '=', turfId)
    .where('turf_doors.removed_seq', 'is', null)
    .orderBy('turf_doors.position')
    .execute();
}
