import type { DoorId, PersonId } from '#shared/kernel/ids.ts';
import type { DoorFact, KnownPerson, LogAsk, LogKnown } from './log.ts';
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
  type VisitRow,
  visitPairs,
} from './log-rows.ts';
import type { PostgresSession } from './postgres-session.ts';

const APPLIED = `select op_id as "opId", seq, coalesce(was_sha256, sha256) as sha256, late, eff_hlc as "effHlc" from ops
  where op_id = any($1::bytea[])`;
const HELD = `select op_id as "opId", sha256, reason, decision from held_ops
  where op_id = any($1::text[])`;
const VISITS = `select s.device_key as "deviceKey", s.door_key as "doorKey", max(s.until) as until from (
    select a.device_key, t.door_key, greatest(a.from_at, t.added_at) as since,
      least(a.until_at, a.ended_at, t.removed_at, m.left_at) as until
    from unnest($1::bigint[], $2::bigint[]) as pair (device_key, door_key)
      join turf_doors t on t.door_key = pair.door_key
      join assignments a on a.device_key = pair.device_key and a.turf_id = t.turf_id
      join devices d on d.key = a.device_key
      join members m on m.id = d.member_id
  ) s where s.until >= s.since group by s.device_key, s.door_key`;
const FACTS = `select door_key as "doorKey", op_id as "opId", person_key as "personKey",
    eff_hlc as "effHlc", body from ops
  where door_key = any($1::bigint[]) order by seq`;
const DEVICES = `select d.key, d.db_epoch as "dbEpoch", d.revoked_at as "revokedAt",
    d.lost_in_hand as "lostInHand", d.grant_until as "grantUntil",
    d.unsent_since as "unsentSince", e.db_epoch as epoch, e.have
  from devices d left join device_epochs e on e.device_key = d.key
  where d.key = any($1::bigint[])`;
const DOORS = 'select id, key from doors where id = any($1::text[])';
const PEOPLE = `select id, kind, door_key as "doorKey" from people where id = any($1::text[])`;
const RESIDENTS = `select id, kind, door_key as "doorKey" from people
  where kind = 'resident' and door_key = any($1::bigint[])`;

/** The rows of a statement whose only value is a list; of an empty list nothing is asked. */
async function findAll<T>(
  session: PostgresSession,
  text: string,
  list: readonly unknown[],
): Promise<T[]> {
  return list.length === 0 ? [] : session.query<T>(text, [list]);
}

async function readFolded(
  session: PostgresSession,
  ids: readonly DoorId[],
  doorKeys: ReadonlyMap<DoorId, number>,
): Promise<{ facts: LogKnown['facts']; residents: Map<PersonId, KnownPerson> }> {
  const facts = new Map<DoorId, DoorFact[]>();
  const byKey = new Map<number, DoorFact[]>();
  for (const id of ids) {
    const key = doorKeys.get(id);
    if (key === undefined) continue;
    const list: DoorFact[] = [];
    facts.set(id, list);
    byKey.set(key, list);
  }
  const keys = [...byKey.keys()];
  const rows = await findAll<FactRow & { readonly doorKey: number }>(session, FACTS, keys);
  for (const row of rows) byKey.get(row.doorKey)?.push(toFact(row));
  return { facts, residents: toPeople(await findAll<PersonRow>(session, RESIDENTS, keys)) };
}

async function findVisits(
  session: PostgresSession,
  ask: LogAsk,
  doorKeys: ReadonlyMap<DoorId, number>,
): Promise<LogKnown['visits']> {
  const pairs = visitPairs(ask, doorKeys);
  if (pairs.length === 0) return new Map();
  const rows = await session.query<VisitRow>(VISITS, [
    pairs.map((pair) => pair.deviceKey),
    pairs.map((pair) => pair.doorKey),
  ]);
  return toVisits(rows, doorKeys);
}

/** What the log holds of what is asked, in the transaction that is open. */
export async function loadFromPostgres(
  session: PostgresSession,
  ask: LogAsk,
): Promise<Omit<LogKnown, 'erased'>> {
  const doors = await findAll<{ id: DoorId; key: number }>(session, DOORS, ask.doorIds);
  const doorKeys = new Map(doors.map(({ id, key }) => [id, key]));
  const { facts, residents } = await readFolded(session, ask.foldedDoorIds, doorKeys);
  const people = toPeople(await findAll<PersonRow>(session, PEOPLE, ask.personIds));
  for (const [id, person] of residents) people.set(id, person);
  return {
    applied: toApplied(await findAll<AppliedRow>(session, APPLIED, ask.opIds.map(idBytes))),
    held: toHeld(await findAll<HeldRowKnown>(session, HELD, ask.heldIds)),
    doorKeys,
    people,
    facts,
    visits: await findVisits(session, ask, doorKeys),
    devices: toDevices(await session.query<DeviceRow>(DEVICES, [ask.deviceKeys])),
  };
}
