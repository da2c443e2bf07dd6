import type { TurfId } from '#shared/kernel/ids.ts';
import type { LaunchRow, TurfHold } from '#shared/model/launch.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { fixedQuery } from '../store/fixed-query.ts';
import { UNSEEN } from './stage-turfs.ts';

/** A phone whose time has run out is shown for so long, unless it comes for the turf again. */
const SHOWN_FOR = 14 * 24 * 3_600_000;

const selectTurfs = fixedQuery((db) =>
  db
    .selectFrom('turfs')
    .select(['id', 'state', 'version', 'closed_at', 'first_id', 'pass'])
    .where((of) => of.or([of('closed_at', 'is', null), of('closed_at', '<>', UNSEEN)]))
    .orderBy('created_at')
    .orderBy('id'),
);

const selectHolds = fixedQuery((db, { since }: { readonly since: number }) =>
  db
    .selectFrom('assignments as a')
    .innerJoin('devices', 'devices.key', 'a.device_key')
    .innerJoin('members', 'members.id', 'devices.member_id')
    .select(['a.turf_id', 'a.from_at', 'a.until_at', 'a.purged_at', 'devices.id', 'members.name'])
    .select(['devices.unsent', 'devices.last_seen_at'])
    .where('a.ended_at', 'is', null)
    .where('a.until_at', '>', since)
    .where('devices.revoked_at', 'is', null)
    .orderBy('a.from_at')
    .orderBy('devices.key'),
);

async function readHolds(db: ChapterDb, now: number): Promise<Map<TurfId, TurfHold[]>> {
  const rows = await selectHolds(db.read, { since: now - SHOWN_FOR });
  // Of a turf that a phone took twice the last hold counts.
  const last = new Map(rows.map((row) => [`${row.turf_id} ${row.id}`, row]));
  const holds = new Map<TurfId, TurfHold[]>();
  for (const row of last.values()) {
    const hold = {
      deviceId: row.id,
      memberName: row.name,
      from: row.from_at,
      until: row.until_at,
      unsent: row.unsent,
      lastSeenAt: row.last_seen_at,
      purgedAt: row.purged_at,
    };
    const of = holds.get(row.turf_id);
    if (of === undefined) holds.set(row.turf_id, [hold]);
    else of.push(hold);
  }
  return holds;
}

/**
 * Who has which turf, and since when: two queries however many turfs and facts there are, so that it
 * can be read again whenever somebody joins.
 */
export async function readLaunchRows(db: ChapterDb, now: number): Promise<LaunchRow[]> {
  const turfs = await selectTurfs(db.read, {});
  const holds = await readHolds(db, now);
  return turfs.map((turf) => ({
    turfId: turf.id,
    state: turf.state,
    version: turf.version,
    closedAt: turf.closed_at,
    firstId: turf.first_id,
    pass: turf.pass,
    holds: holds.get(turf.id) ?? [],
  }));
}
