import type { HeldEntry } from '#shared/model/chapter.ts';
import type { ChapterDb } from '../store/chapter-db.ts';

const MOST = 500;

/** What arrived and could not be applied, newest first, kept whole (law 8). */
export async function listHeld(db: ChapterDb): Promise<HeldEntry[]> {
  const rows = await db.read
    .selectFrom('held_ops')
    .innerJoin('devices', 'devices.key', 'held_ops.device_key')
    .innerJoin('members', 'members.id', 'devices.member_id')
    .select(['held_ops.key', 'held_ops.op_id as opId', 'members.name as memberName'])
    .select(['held_ops.reason', 'held_ops.received_at as receivedAt', 'held_ops.body'])
    .orderBy('held_ops.key', 'desc')
    .limit(MOST)
    .execute();
  return rows.map(({ key, ...held }) => ({ id: String(key), ...held }));
}
