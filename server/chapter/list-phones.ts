import type { TurfId } from '#shared/kernel/ids.ts';
import type { Phone } from '#shared/sync/phones.ts';
import type { SeqRange } from '#shared/sync/protocol.ts';
import { countRanges } from '#shared/sync/seq-ranges.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { standingOf } from './standing.ts';

/** A phone that nobody has heard of for so long is no longer shown, unless it still owes facts. */
const SHOWN_FOR = 90 * 24 * 3_600_000;

function selectPhones(db: Pick<ChapterDb, 'read'>, since: number) {
  return db.read
    .selectFrom('devices')
    .innerJoin('members', 'members.id', 'devices.member_id')
    .leftJoin('device_epochs', (join) =>
      join
        .onRef('device_epochs.device_key', '=', 'devices.key')
        .onRef('device_epochs.db_epoch', '=', 'devices.db_epoch'),
    )
    .selectAll('devices')
    .select(['members.name as memberName', 'members.left_at', 'device_epochs.have'])
    .where((where) =>
      where.or([
        where('devices.last_seen_at', '>=', since),
        where('devices.joined_at', '>=', since),
        where('devices.unsent', '>', 0),
      ]),
    )
    .orderBy('devices.last_seen_at', 'desc')
    .orderBy('devices.key', 'desc')
    .execute();
}

/** Nothing is lost of a phone that was heard of after it had been given up. */
function lostOf(row: {
  readonly lost_count: number | null;
  readonly lost_from: number | null;
  readonly lost_to: number | null;
  readonly last_seen_at: number | null;
}): Phone['lost'] {
  const { lost_count: count, lost_from: from, lost_to: to } = row;
  if (count === null || from === null || to === null) return null;
  return (row.last_seen_at ?? 0) > to ? null : { count, from, to };
}

/** The chapter's phones, the last seen first, each with the turfs that it holds now. */
export async function listPhones(db: Pick<ChapterDb, 'read'>, now: number): Promise<Phone[]> {
  const phones = await selectPhones(db, now - SHOWN_FOR);
  const held = await db.read
    .selectFrom('assignments')
    .innerJoin('turfs', 'turfs.id', 'assignments.turf_id')
    .select(['assignments.device_key as key', 'turfs.id', 'turfs.name'])
    .distinct()
    .where('assignments.ended_at', 'is', null)
    .where('assignments.until_at', '>', now)
    .orderBy('turfs.name')
    .execute();
  const turfsOf = new Map<number, { id: TurfId; name: string }[]>();
  for (const { key, id, name } of held) {
    turfsOf.set(key, [...(turfsOf.get(key) ?? []), { id, name }]);
  }
  return phones.map((row) => ({
    deviceId: row.id,
    memberName: row.memberName,
    turfs: turfsOf.get(row.key) ?? [],
    joinedAt: row.joined_at,
    lastSeenAt: row.last_seen_at,
    unsent: row.unsent,
    unsentSince: row.unsent_since,
    maxLocalSeq: row.max_local_seq,
    received: countRanges(JSON.parse(row.have ?? '[]') as SeqRange[]),
    lost: lostOf(row),
    standing: standingOf(row),
    revokedAt: row.revoked_at,
    purgedAt: row.purged_at,
    mismatches: row.mismatches,
  }));
}
