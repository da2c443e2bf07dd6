import type { DoorId } from '#shared/kernel/ids.ts';
import type { DoorFact, LogAsk, LogKnown } from './log.ts';
import {
  type AppliedRow,
  type DeviceRow,
  type FactRow,
  type HeldRowKnown,
  idBytes,
  type PersonRow,
  toApplied,
  toDevices,
  toFact,
  toHeld,
  toPeople,
  toVisits,
  visitColumns,
} from './log-rows.ts';
import type { PostgresSession } from './postgres-session.ts';

const APPLIED = `select op_id as "opId", seq, coalesce(was_sha256, sha256) as sha256, late, eff_hlc as "effHlc" from ops
  where op_id = any($1::bytea[])`;
const HELD = `select op_id as "opId", sha256, reason, decision from held_ops
  where op_id = any($1::text[])`;
/** Every id that a door goes by. */
const NAMES = `(select id, key from doors union all select id, door_key as key from found_twins)`;
const VISITS = `select s.device_key as "deviceKey", s.door_key as "doorKey", max(s.until) as until from (
    select a.device_key, t.door_key, greatest(a.from_at, t.added_at) as since,
      least(a.until_at, a.ended_at, t.removed_at, m.left_at) as until
    from unnest($1::bigint[], $2::text[]) as pair (device_key, door_id)
      join ${NAMES} o on o.id = pair.door_id
      join turf_doors t on t.door_key = o.key
      join assignments a on a.device_key = pair.device_key and a.turf_id = t.turf_id
      join devices d on d.key = a.device_key
      join members m on m.id = d.member_id
  ) s where s.until >= s.since group by s.device_key, s.door_key`;
const FACTS = `select door_key as "doorKey", op_id as "opId", person_key as "personKey",
    eff_hlc as "effHlc", body from ops
  where door_key in (select key from ${NAMES} o where id = any($1::text[])) order by seq`;
const DEVICES = `select d.key, d.db_epoch as "dbEpoch", d.revoked_at as "revokedAt",
    d.lost_in_hand as "lostInHand", d.grant_until as "grantUntil",
    d.unsent_since as "unsentSince", e.db_epoch as epoch, e.have
  from devices d left join device_epochs e on e.device_key = d.key
  where d.key = any($1::bigint[])`;
const DOORS = `select id, key from ${NAMES} o where id = any($1::text[])`;
const PEOPLE = `select id, kind, door_key as "doorKey" from people where id = any($1::text[])`;
const RESIDENTS = `select id, kind, door_key as "doorKey" from people
  where kind = 'resident' and door_key in (select key from ${NAMES} o where id = any($1::text[]))`;

interface Visit {
  readonly deviceKey: number;
  readonly doorKey: number;
  readonly until: number;
}

/** The facts of the doors that are folded, by door; a door without any has an empty list. */
function toFacts(
  ids: readonly DoorId[],
  doorKeys: ReadonlyMap<DoorId, number>,
  rows: readonly (FactRow & { readonly doorKey: number })[],
): LogKnown['facts'] {
  const facts = new Map<DoorId, DoorFact[]>();
  // Doors that go by two ids share one list.
  const byKey = new Map<number, DoorFact[]>();
  for (const id of ids) {
    const key = doorKeys.get(id);
    if (key === undefined) continue;
    const list = byKey.get(key) ?? [];
    facts.set(id, list);
    byKey.set(key, list);
  }
  for (const row of rows) byKey.get(row.doorKey)?.push(toFact(row));
  return facts;
}

/**
 * What the log holds of what is asked, in the transaction that is open. All of it is asked at once,
 * on a session that sends ahead.
 */
export async function loadFromPostgres(
  session: PostgresSession,
  ask: LogAsk,
): Promise<Omit<LogKnown, 'erased'>> {
  /** The rows of a statement whose only value is a list; of an empty list nothing is asked. */
  async function find<T>(name: string, text: string, list: readonly unknown[]): Promise<T[]> {
    return list.length === 0 ? [] : session.query<T>(text, [list], `log-${name}`);
  }
  const [deviceKeys, doorIds] = visitColumns(ask);
  const [doors, visits, devices, applied, held, people, facts, residents] = await Promise.all([
    find<{ id: DoorId; key: number }>('doors', DOORS, doorIds),
    doorIds.length === 0 ? [] : session.query<Visit>(VISITS, [deviceKeys, doorIds], 'log-visits'),
    find<DeviceRow>('devices', DEVICES, [...ask.visits.keys()]),
    find<AppliedRow>('applied', APPLIED, ask.opIds.map(idBytes)),
    find<HeldRowKnown>('held', HELD, ask.heldIds),
    find<PersonRow>('people', PEOPLE, ask.personIds),
    find<FactRow & { readonly doorKey: number }>('facts', FACTS, ask.foldedDoorIds),
    find<PersonRow>('residents', RESIDENTS, ask.foldedDoorIds),
  ]);
  const doorKeys = new Map(doors.map(({ id, key }) => [id, key]));
  return {
    applied: toApplied(applied),
    held: toHeld(held),
    doorKeys,
    people: toPeople([...people, ...residents]),
    facts: toFacts(ask.foldedDoorIds, doorKeys, facts),
    visits: toVisits(visits.map((row) => [row.deviceKey, row.doorKey, row.until])),
    devices: toDevices(devices),
  };
}
