import type { Phone } from '#shared/model/chapter.ts';
import type { ChapterDb } from '../store/chapter-db.ts';

/** The chapter's phones, the last seen first, each with the turfs that it holds now. */
export async function listPhones(db: ChapterDb, now: number): Promise<Phone[]> {
  const phones = await db.read
    .selectFrom('devices')
    .innerJoin('members', 'members.id', 'devices.member_id')
    .select(['devices.key', 'devices.id as deviceId', 'members.name as memberName'])
    .select([
      'devices.joined_at as joinedAt',
      'devices.last_seen_at as lastSeenAt',
      'devices.unsent',
    ])
    .where('devices.revoked_at', 'is', null)
    .orderBy('devices.last_seen_at', 'desc')
    .orderBy('devices.key', 'desc')
    .execute();
  const held = await db.read
    .selectFrom('assignments')
    .innerJoin('turfs', 'turfs.id', 'assignments.turf_id')
    .select(['assignments.device_key as key', 'turfs.name'])
    .distinct()
    .where('assignments.ended_at', 'is', null)
    .where('assignments.until_at', '>', now)
    .orderBy('turfs.name')
    .execute();
  return phones.map(({ key, ...phone }) => ({
    ...phone,
    turfNames: held.filter((one) => one.key === key).map((one) => one.name),
  }));
}
