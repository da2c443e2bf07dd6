import { sql } from 'kysely';
import type { FoundDoor } from '#shared/sync/phones.ts';
import type { ChapterDb } from '../store/chapter-db.ts';

const MOST = 20;

/**
 * The doors whose address, or its street, begins with what was typed, whatever its case and commas;
 * at most twenty.
 */
export async function findDoors(db: Pick<ChapterDb, 'read'>, typed: string): Promise<FoundDoor[]> {
  const start = typed
    .replaceAll(/[\s,\p{Cc}]+/gu, ' ')
    .trim()
    .toLowerCase();
  if (start === '') return [];
  const pattern = `${start.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const address = sql<string>`buildings.number || ' ' || buildings.street || ' ' || doors.unit`;
  const rows = await db.read
    .selectFrom('doors')
    .innerJoin('buildings', 'buildings.key', 'doors.building_key')
    .leftJoin('turf_doors', (join) =>
      join.onRef('turf_doors.door_key', '=', 'doors.key').on('turf_doors.removed_seq', 'is', null),
    )
    .leftJoin('turfs', (join) =>
      join.onRef('turfs.id', '=', 'turf_doors.turf_id').on('turfs.closed_at', 'is', null),
    )
    .select(['doors.id', 'doors.key', address.as('address'), 'turfs.name'])
    .select(['buildings.lon', 'buildings.lat'])
    .where(
      sql<boolean>`(lower(${address}) like ${pattern} escape ${'\\'}
        or lower(buildings.street) like ${pattern} escape ${'\\'})`,
    )
    .orderBy('buildings.street')
    .orderBy('doors.building_key')
    .orderBy('doors.key')
    .orderBy(sql`turfs.name is null`)
    .orderBy('turfs.name')
    .limit(MOST)
    .execute();
  const doors = new Map<number, FoundDoor>();
  for (const { key, id, address: label, name, lon, lat } of rows) {
    const place = lon === null || lat === null ? null : ([lon, lat] as const);
    if (!doors.has(key)) doors.set(key, { id, label: label.trim(), turfName: name, place });
  }
  return [...doors.values()];
}
