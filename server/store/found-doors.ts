import type { BuildingId, DeviceId, DoorId, MemberId, TurfId } from '#shared/kernel/ids.ts';
import type { AskSql } from './ask-sql.ts';

/** A dwelling that somebody found, as it is to be entered. */
export interface FoundRow {
  readonly doorId: DoorId;
  readonly buildingKey: number;
  readonly unit: string;
  /** Its normal form, by which a roll that names it later finds it. */
  readonly unitKey: string;
}

/** How a turf holds a building, or held it. Times in ms since 1970. */
export interface TurfAt {
  readonly turfId: TurfId;
  readonly universeId: string;
  readonly closed: boolean;
  readonly addedAt: number;
  readonly removedAt: number | null;
  readonly removedSeq: number | null;
}

/** A held fact that names a door, with the phone that it came from. */
export interface WaitingRow {
  readonly key: number;
  readonly opId: string;
  readonly sha256: string;
  readonly body: Uint8Array;
  readonly carriedBy: number | null;
  readonly receivedAt: number;
  readonly deviceKey: number;
  readonly deviceId: DeviceId;
  readonly memberId: MemberId;
}

/** What waits for a door, or for a phone to be let in at it; `names` says of a body that it names it. */
export const waitingText = (names: string): string => `select h.key, h.op_id as "opId", h.sha256,
    h.body, h.carried_by as "carriedBy", h.received_at as "receivedAt", d.key as "deviceKey",
    d.id as "deviceId", d.member_id as "memberId"
  from held_ops h join devices d on d.key = h.device_key
  where h.decision is null and h.reason in ('unknown-door', 'scope') and ${names} order by h.key`;

export async function findBuildingKey(ask: AskSql, id: BuildingId): Promise<number | null> {
  const [row] = await ask<{ key: number }>('select key from buildings where id = $1', [id]);
  return row?.key ?? null;
}

export interface KnownDoor {
  readonly key: number;
  readonly buildingKey: number;
  /** Asked for by an id that is not its own. */
  readonly twin: boolean;
}

const toKnown = (row: Omit<KnownDoor, 'twin'> | undefined, twin: boolean): KnownDoor | null =>
  row === undefined ? null : { ...row, twin };

/** The door with this id, or that was found under it, and the building that it is in. */
export async function findDoor(ask: AskSql, id: DoorId): Promise<KnownDoor | null> {
  const columns = 'select d.key, d.building_key as "buildingKey" from doors d';
  const [own] = await ask<Omit<KnownDoor, 'twin'>>(`${columns} where d.id = $1`, [id]);
  if (own !== undefined) return toKnown(own, false);
  const text = `${columns} join found_twins t on t.door_key = d.key where t.id = $1`;
  const [other] = await ask<Omit<KnownDoor, 'twin'>>(text, [id]);
  return toKnown(other, true);
}

/** The door that is this dwelling already, which is found under this id from now on. */
export async function takeAsTwin(
  ask: AskSql,
  { doorId, buildingKey, unitKey }: FoundRow,
): Promise<KnownDoor | null> {
  if (unitKey === '') return null;
  const text = 'select key from doors where building_key = $1 and unit_key = $2';
  const [row] = await ask<{ key: number }>(text, [buildingKey, unitKey]);
  if (row === undefined) return null;
  await ask('insert into found_twins (id, door_key) values ($1, $2)', [doorId, row.key]);
  return { key: row.key, buildingKey, twin: true };
}

/**
 * Until when a phone held a turf with this building, in ms since 1970; null: never, or it is in a
 * stranger's hands.
 */
export async function heldUntil(
  ask: AskSql,
  buildingKey: number,
  deviceKey: number,
): Promise<number | null> {
  const rows = await ask<{
    addedAt: number;
    removedAt: number | null;
    fromAt: number;
    untilAt: number;
    endedAt: number | null;
    leftAt: number | null;
  }>(
    `select distinct t.added_at as "addedAt", t.removed_at as "removedAt", a.from_at as "fromAt",
      a.until_at as "untilAt", a.ended_at as "endedAt", m.left_at as "leftAt"
    from doors o join turf_doors t on t.door_key = o.key
      join assignments a on a.turf_id = t.turf_id and a.device_key = $2
      join devices d on d.key = a.device_key and d.lost_in_hand = 0
      join members m on m.id = d.member_id
    where o.building_key = $1`,
    [buildingKey, deviceKey],
  );
  const ends = rows.flatMap(({ addedAt, removedAt, fromAt, untilAt, endedAt, leftAt }) => {
    const until = Math.min(...[untilAt, endedAt, removedAt, leftAt].filter((at) => at !== null));
    return until >= Math.max(fromAt, addedAt) ? [until] : [];
  });
  return ends.length === 0 ? null : Math.max(...ends);
}

/** Every turf that holds the building or held it, by its id; the doors of one make one row. */
export async function turfsAt(ask: AskSql, buildingKey: number): Promise<readonly TurfAt[]> {
  const rows = await ask<Omit<TurfAt, 'closed'> & { closedAt: number | null; live: number }>(
    `select t.turf_id as "turfId", u.universe_id as "universeId", u.closed_at as "closedAt",
      min(t.added_at) as "addedAt", max(t.removed_at) as "removedAt",
      max(t.removed_seq) as "removedSeq",
      max(case when t.removed_seq is null then 1 else 0 end) as live
    from doors o join turf_doors t on t.door_key = o.key join turfs u on u.id = t.turf_id
    where o.building_key = $1
    group by t.turf_id, u.universe_id, u.closed_at order by t.turf_id`,
    [buildingKey],
  );
  return rows.map(({ closedAt, live, ...row }) => ({
    ...row,
    closed: closedAt !== null,
    ...(live === 1 && { removedAt: null, removedSeq: null }),
  }));
}

/**
 * The open turfs of a universe that walk a door of the roll; none for a door that somebody found, which
 * two may find, each on their own walk. A door of the roll that was found under another id stays the
 * roll's.
 */
export async function walkedBy(
  ask: AskSql,
  doorKey: number,
  universeId: string,
): Promise<readonly string[]> {
  const rows = await ask<{ id: string }>(
    `select u.id from turf_doors t join turfs u on u.id = t.turf_id join doors d on d.key = t.door_key
    where t.door_key = $1 and t.removed_seq is null and u.universe_id = $2
      and u.state = 'published' and u.closed_at is null
      and not exists (select 1 from ops where ops.door_key = t.door_key and ops.type = 'door'
        and ops.body like '%"entityId":"' || d.id || '"%')`,
    [doorKey, universeId],
  );
  return rows.map(({ id }) => id);
}

/**
 * Enters a door that is not there. Its unit's normal form may be another one's already, or be about to
 * be: an import that runs enters the doors of its roll without looking again.
 */
export async function addDoor(ask: AskSql, row: FoundRow): Promise<number> {
  const running = await ask(`select 1 as one from imports where state = 'running' limit 1`);
  const text = `insert into doors (id, building_key, unit, unit_key) values ($1, $2, $3, $4)
    on conflict do nothing returning key`;
  const own = `${row.unitKey}~${row.doorId}`;
  const free = running.length === 0 && row.unitKey !== '';
  for (const unitKey of free ? [row.unitKey, own] : [own]) {
    const values = [row.doorId, row.buildingKey, row.unit, unitKey];
    const [made] = await ask<{ key: number }>(text, values);
    if (made !== undefined) return made.key;
  }
  throw new Error('A found door is there and is not.');
}

/**
 * Has a turf hold a door as it holds, or held, the door's building: at the end of its numbers. False
 * when it did before.
 */
export async function holdDoor(
  ask: AskSql,
  doorKey: number,
  at: TurfAt,
  seq: number,
): Promise<boolean> {
  const known = await ask<{ live: number }>(
    `select case when removed_seq is null then 1 else 0 end as live from turf_doors
    where turf_id = $1 and door_key = $2`,
    [at.turfId, doorKey],
  );
  if (known[0]?.live === 1 || (known.length > 0 && at.removedSeq !== null)) return false;
  await ask(
    `insert into turf_doors
      (turf_id, door_key, position, added_seq, added_at, removed_seq, removed_at)
    select cast($1 as text), cast($2 as bigint), coalesce(max(position), 0) + 1,
      cast($3 as bigint), cast($4 as bigint), cast($5 as bigint), cast($6 as bigint)
    from turf_doors where turf_id = $1
    on conflict (turf_id, door_key) do update
      set removed_seq = null, removed_at = null, position = excluded.position`,
    [at.turfId, doorKey, seq, at.addedAt, at.removedSeq, at.removedAt],
  );
  return true;
}

/** Phones that hold this turf fetch it anew: the door that came has a past that they never saw. */
export async function renewTurf(ask: AskSql, turfId: TurfId): Promise<void> {
  await ask('update turfs set version = version + 1 where id = $1', [turfId]);
}

export async function changeReason(ask: AskSql, key: number, reason: string): Promise<void> {
  await ask('update held_ops set reason = $2 where key = $1 and decision is null', [key, reason]);
}
