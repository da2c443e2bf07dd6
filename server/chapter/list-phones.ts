import type { TurfId } from '#shared/kernel/ids.ts';
import type { EndedHold, Phone } from '#shared/sync/phones.ts';
import type { SeqRange } from '#shared/sync/protocol.ts';
import { countRanges } from '#shared/sync/seq-ranges.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { countHanded } from './count-handed.ts';
import { readConduct } from './note-conduct.ts';
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
    .where('devices.entered_by', 'is', null)
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

interface Holds {
  readonly turfs: { readonly id: TurfId; readonly name: string }[];
  readonly ended: EndedHold[];
}

/** What each phone holds, and has held since then. Of a turf that it took twice the last hold counts. */
async function readHolds(
  db: Pick<ChapterDb, 'read'>,
  since: number,
  now: number,
): Promise<ReadonlyMap<number, Holds>> {
  const rows = await db.read
    .selectFrom('assignments as a')
    .innerJoin('turfs', 'turfs.id', 'a.turf_id')
    .select(['a.device_key', 'a.until_at', 'a.ended_at', 'a.purged_at', 'turfs.id', 'turfs.name'])
    .where('a.until_at', '>=', since)
    .where((where) => where.or([where('a.ended_at', 'is', null), where('a.ended_at', '>=', since)]))
    .orderBy('turfs.name')
    .orderBy('a.from_at')
    .execute();
  const last = new Map(rows.map((row) => [`${row.device_key} ${row.id}`, row]));
  const holds = new Map<number, Holds>();
  for (const { device_key: key, id, name, ...row } of last.values()) {
    const of = holds.get(key) ?? { turfs: [], ended: [] };
    holds.set(key, of);
    if (row.ended_at === null && row.until_at > now) of.turfs.push({ id, name });
    else
      of.ended.push({ id, name, endedAt: row.ended_at ?? row.until_at, purgedAt: row.purged_at });
  }
  for (const { ended } of holds.values()) ended.sort((a, b) => b.endedAt - a.endedAt);
  return holds;
}

/** The chapter's phones, the last seen first, each with the turfs that it holds now or held. */
export async function listPhones(db: Pick<ChapterDb, 'read'>, now: number): Promise<Phone[]> {
  const phones = await selectPhones(db, now - SHOWN_FOR);
  const holds = await readHolds(db, now - SHOWN_FOR, now);
  const conduct = await readConduct(db.read);
  const handed = await countHanded(db, now);
  return phones.map((row) => ({
    deviceId: row.id,
    memberName: row.memberName,
    turfs: holds.get(row.key)?.turfs ?? [],
    ended: holds.get(row.key)?.ended ?? [],
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
    guard: row.guard,
    conduct: conduct.get(row.member_id) ?? null,
    handed: handed.get(row.member_id) ?? 0,
  }));
}
