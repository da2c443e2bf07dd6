import type { MemberId } from '#shared/kernel/ids.ts';
import type { ChapterDb } from '../store/chapter-db.ts';

const DAY = 24 * 3_600_000;

/**
 * How many different people stand in the lists that each member took in the last 24 hours, with all
 * of their phones: whoever collects the roll turf by turf is seen by it. No phone reads more than
 * what it was handed.
 */
export async function countHanded(
  db: Pick<ChapterDb, 'read'>,
  now: number,
): Promise<ReadonlyMap<MemberId, number>> {
  const rows = await db.read
    .selectFrom('assignments as a')
    .innerJoin('devices', 'devices.key', 'a.device_key')
    .innerJoin('turf_doors', 'turf_doors.turf_id', 'a.turf_id')
    .innerJoin('people', 'people.door_key', 'turf_doors.door_key')
    .select('devices.member_id as id')
    .select((select) => select.fn.count<number>('people.key').distinct().as('people'))
    .where('a.from_at', '>', now - DAY)
    .groupBy('devices.member_id')
    .execute();
  return new Map(rows.map(({ id, people }) => [id, people]));
}
