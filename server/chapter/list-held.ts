import type { Kysely } from 'kysely';
import { isUuid, type DoorId, type TurfId } from '#shared/kernel/ids.ts';
import type { HeldReason } from '#shared/sync/held-reasons.ts';
import type { HeldEntry } from '#shared/sync/phones.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Tables } from '../store/tables.ts';

const PAGE = 100;

type May = HeldEntry['may'];

/** What may be done with each kind of held fact; one that cannot be read can only be discarded. */
export const MAY: Readonly<Record<HeldReason, May>> = {
  scope: ['accept', 'retarget', 'discard'],
  'id-reuse': ['accept', 'retarget', 'discard'],
  'wrong-author': ['accept', 'discard'],
  'other-words': ['accept', 'discard'],
  'unknown-door': ['retarget', 'discard'],
  corrupt: ['discard'],
  // The phone that keeps the fact itself brings it again.
  damaged: ['discard'],
  // Applied by itself once the server is new enough to read it.
  future: ['discard'],
};

function selectHeld(db: Kysely<Tables>) {
  return db
    .selectFrom('held_ops')
    .innerJoin('devices', 'devices.key', 'held_ops.device_key')
    .innerJoin('members', 'members.id', 'devices.member_id')
    .leftJoin('members as decider', 'decider.id', 'held_ops.decided_by')
    .select(['held_ops.key', 'held_ops.op_id', 'held_ops.reason', 'held_ops.received_at'])
    .select(['held_ops.body', 'held_ops.decision', 'held_ops.decided_at', 'held_ops.why'])
    .select(['members.name as memberName', 'decider.name as decidedBy']);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectHeld>['executeTakeFirstOrThrow']>>;

/** The door and turf that a body names; a body may be anything at all. */
function namesOf(body: string): { readonly doorId: string; readonly turfId: string } {
  const none = { doorId: '', turfId: '' };
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null) return none;
    const { entityId, scopeId } = value as { entityId?: unknown; scopeId?: unknown };
    return {
      doorId: isUuid(entityId) ? entityId : '',
      turfId: isUuid(scopeId) ? scopeId : '',
    };
  } catch {
    return none;
  }
}

async function nameDoors(db: Kysely<Tables>, ids: readonly string[]) {
  const rows = await db
    .selectFrom('doors')
    .innerJoin('buildings', 'buildings.key', 'doors.building_key')
    .select(['doors.id', 'buildings.number', 'buildings.street', 'doors.unit'])
    .where('doors.id', 'in', ids as DoorId[])
    .execute();
  const label = (row: (typeof rows)[number]): string =>
    [row.number, row.street, row.unit].filter((part) => part !== '').join(' ');
  return new Map<string, HeldEntry['door']>(
    rows.map((row) => [row.id, { id: row.id, label: label(row) }]),
  );
}

async function nameTurfs(db: Kysely<Tables>, ids: readonly string[]) {
  const rows = await db
    .selectFrom('turfs')
    .select(['id', 'name'])
    .where('id', 'in', ids as TurfId[])
    .execute();
  return new Map<string, string>(rows.map((row) => [row.id, row.name]));
}

async function toEntries(db: Kysely<Tables>, rows: readonly Row[]): Promise<HeldEntry[]> {
  if (rows.length === 0) return [];
  const bodies = rows.map((row) => Buffer.from(row.body).toString());
  const named = bodies.map(namesOf);
  const doors = await nameDoors(
    db,
    named.map((one) => one.doorId),
  );
  const turfs = await nameTurfs(
    db,
    named.map((one) => one.turfId),
  );
  return rows.map((row, index) => {
    const reason = row.reason as HeldReason;
    const { decision, decided_at: at } = row;
    return {
      id: String(row.key),
      opId: row.op_id,
      memberName: row.memberName,
      reason,
      receivedAt: row.received_at,
      body: bodies[index] ?? '',
      door: doors.get(named[index]?.doorId ?? '') ?? null,
      turfName: turfs.get(named[index]?.turfId ?? '') ?? null,
      may: decision === null ? MAY[reason] : [],
      decision:
        decision === null || at === null
          ? null
          : { what: decision, by: row.decidedBy ?? '', at, why: row.why ?? '' },
    };
  });
}

/** One held fact as the desk shows it; null when there is none of this key. */
export async function readHeld(db: Kysely<Tables>, key: number): Promise<HeldEntry | null> {
  const rows = await selectHeld(db).where('held_ops.key', '=', key).execute();
  return (await toEntries(db, rows))[0] ?? null;
}

/**
 * What arrived and could not be applied, newest first, kept whole (law 8): what still waits for a
 * person, or what somebody has decided. A page at a time; the next one begins after its last id.
 */
export async function listHeld(
  db: Pick<ChapterDb, 'read'>,
  wish: { readonly state: 'waiting' | 'decided'; readonly after: number | null },
): Promise<{ entries: HeldEntry[]; more: boolean }> {
  let query = selectHeld(db.read).where(
    'held_ops.decision',
    wish.state === 'waiting' ? 'is' : 'is not',
    null,
  );
  if (wish.after !== null) query = query.where('held_ops.key', '<', wish.after);
  const rows = await query
    .orderBy('held_ops.key', 'desc')
    .limit(PAGE + 1)
    .execute();
  return {
    entries: await toEntries(db.read, rows.slice(0, PAGE)),
    more: rows.length > PAGE,
  };
}
