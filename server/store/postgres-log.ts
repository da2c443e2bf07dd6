import { formatUuid, type DoorId, type OpId, type PersonId } from '#shared/kernel/ids.ts';
import type { HeldDecision, HeldReason } from '#shared/sync/held-reasons.ts';
import type { SeqRange } from '#shared/sync/protocol.ts';
import {
  heldName,
  visitName,
  type DoorFact,
  type HeldWhole,
  type KnownDevice,
  type KnownPerson,
  type LogAsk,
  type LogKnown,
  type LogTransaction,
  type LogWrites,
} from './log.ts';
import type { PostgresSession } from './postgres-session.ts';

const idBytes = (id: OpId): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Values of one column for `unnest`, which takes rows apart by columns. */
function column<T, V>(rows: readonly T[], value: (row: T) => V): V[] {
  return rows.map(value);
}

const APPLIED = `select op_id, seq, sha256, late, eff_hlc from ops where op_id = any($1::bytea[])`;
const HELD = `select op_id, sha256, reason, decision from held_ops where op_id = any($1::text[])`;
const VISITS = `select s.device_key, s.door_key, max(s.until) as until from (
    select a.device_key, t.door_key, greatest(a.from_at, t.added_at) as since,
      least(a.until_at, a.ended_at, t.removed_at, m.left_at) as until
    from unnest($1::bigint[], $2::bigint[]) as pair (device_key, door_key)
      join turf_doors t on t.door_key = pair.door_key
      join assignments a on a.device_key = pair.device_key and a.turf_id = t.turf_id
      join devices d on d.key = a.device_key
      join members m on m.id = d.member_id
  ) s where s.until >= s.since group by s.device_key, s.door_key`;
const FACTS = `select door_key, op_id, person_key, eff_hlc, body from ops
  where door_key = any($1::bigint[]) order by seq`;
const DEVICES = `select d.key, d.db_epoch, d.revoked_at, d.lost_in_hand, d.grant_until,
    d.unsent_since, e.db_epoch as epoch, e.have
  from devices d left join device_epochs e on e.device_key = d.key
  where d.key = any($1::bigint[])`;
const OPS = `insert into ops (seq, op_id, type, door_key, person_key, device_key, db_epoch,
    local_seq, supersedes, at, received_at, sha256, body, eff_hlc, late)
  select r.seq, r.op_id, r.type, r.door_key, p.key, r.device_key, r.db_epoch, r.local_seq,
    r.supersedes, r.at, $14::bigint, r.sha256, r.body, r.eff_hlc, r.late
  from unnest($1::bigint[], $2::bytea[], $3::text[], $4::bigint[], $5::text[], $6::bigint[],
      $7::text[], $8::bigint[], $9::bytea[], $10::bigint[], $11::bytea[], $12::text[], $13::text[],
      $15::bigint[])
    as r (seq, op_id, type, door_key, person_id, device_key, db_epoch, local_seq, supersedes, at,
      sha256, body, eff_hlc, late)
    left join people p on p.id = r.person_id`;
const HOLD = `insert into held_ops
    (op_id, device_key, reason, received_at, sha256, body, carried_by)
  select r.op_id, r.device_key, r.reason, $7::bigint, r.sha256, r.body, r.carried_by
  from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::bytea[], $6::bigint[])
    as r (op_id, device_key, reason, sha256, body, carried_by)
  on conflict (op_id, sha256) do nothing`;
const DECIDE = `update held_ops set decision = $2, decided_by = $3, decided_at = $4, why = $5,
  as_seq = $6 where key = $1`;
const ADD_PEOPLE = `insert into people (id, kind, source_id, door_key)
  select r.id, 'resident', null, r.door_key
  from unnest($1::text[], $2::bigint[]) as r (id, door_key)`;
const NAME_OPS = `update ops set person_key = p.key
  from unnest($1::bytea[], $2::text[]) as r (op_id, person_id)
    join people p on p.id = r.person_id
  where ops.op_id = r.op_id`;
const OPT_OUT = `insert into opt_outs (person_key, op_id, at)
  select p.key, r.op_id, $3::bigint
  from unnest($1::text[], $2::text[]) as r (person_id, op_id) join people p on p.id = r.person_id
  on conflict do nothing`;
const OPT_OUT_DOORS = `insert into door_opt_outs (door_key, op_id, at)
  select r.door_key, r.op_id, $3::bigint from unnest($1::bigint[], $2::text[]) as r (door_key, op_id)
  on conflict do nothing`;
const OPT_OUT_BEHIND = `insert into opt_outs (person_key, op_id, at)
  select p.key, r.op_id, $3::bigint
  from unnest($1::bigint[], $2::text[]) as r (door_key, op_id)
    join people p on p.door_key = r.door_key
  on conflict do nothing`;
const DROP_RESIDENTS = `delete from residents
  where person_key in (select key from people where door_key = any($1::bigint[]))`;
const PUT_RESIDENTS = `insert into residents (person_key, first_name, last_name, op_id)
  select p.key, r.first_name, r.last_name, r.op_id
  from unnest($1::text[], $2::text[], $3::text[], $4::text[])
      as r (person_id, first_name, last_name, op_id)
    join people p on p.id = r.person_id
  on conflict (person_key) do update set first_name = excluded.first_name,
    last_name = excluded.last_name, op_id = excluded.op_id`;
const SIGN = `update devices set last_seen_at = $8::bigint, unsent = r.unsent,
    unsent_since = r.unsent_since, max_local_seq = r.max_local_seq, db_epoch = r.db_epoch,
    grant_until = r.grant_until, mismatches = devices.mismatches + r.mismatches
  from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::bigint[],
      $7::bigint[])
    as r (key, unsent, unsent_since, max_local_seq, db_epoch, grant_until, mismatches)
  where devices.key = r.key`;
const EPOCHS = `insert into device_epochs
    (device_key, db_epoch, have, max_local_seq, first_at, last_at)
  select r.device_key, r.db_epoch, r.have, r.max_local_seq, $5::bigint, $5::bigint
  from unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[])
    as r (device_key, db_epoch, have, max_local_seq)
  on conflict (device_key, db_epoch) do update set have = excluded.have,
    max_local_seq = greatest(device_epochs.max_local_seq, excluded.max_local_seq),
    last_at = excluded.last_at`;

class PostgresLog implements LogTransaction {
  readonly #session: PostgresSession;
  readonly incarnation: string;
  readonly seq: number;

  constructor(
    session: PostgresSession,
    head: { readonly incarnation: string; readonly seq: number },
  ) {
    this.#session = session;
    this.incarnation = head.incarnation;
    this.seq = head.seq;
  }

  async load(ask: LogAsk): Promise<LogKnown> {
    const doorKeys = await this.#findDoors(ask.doorIds);
    const { facts, residents } = await this.#readFolded(ask.foldedDoorIds, doorKeys);
    const people = await this.#findPeople(ask.personIds);
    for (const [id, person] of residents) people.set(id, person);
    return {
      applied: await this.#findApplied(ask.opIds),
      held: await this.#findHeld(ask.heldIds),
      doorKeys,
      people,
      facts,
      visits: await this.#findVisits(ask, doorKeys),
      devices: await this.#findDevices(ask.deviceKeys),
    };
  }

  async readHeld(key: number): Promise<HeldWhole | null> {
    const [row] = await this.#rows<{
      op_id: string;
      device_key: number;
      reason: HeldReason;
      body: Uint8Array;
      decision: HeldDecision | null;
    }>('select op_id, device_key, reason, body, decision from held_ops where key = $1', [key]);
    if (row === undefined) return null;
    const { op_id: opId, reason, decision } = row;
    const body = Buffer.from(row.body).toString();
    return { key, opId, deviceKey: row.device_key, reason, body, decision };
  }

  async save(writes: LogWrites): Promise<void> {
    const { now, ops, residentPeople: met } = writes;
    const write = async (text: string, rows: number, values: readonly unknown[]): Promise<void> => {
      if (rows > 0) await this.#session.run(text, values);
    };
    await write(ADD_PEOPLE, met.length, [column(met, (r) => r.id), column(met, (r) => r.doorKey)]);
    await write(OPS, ops.length, [
      column(ops, (r) => r.seq),
      column(ops, (r) => idBytes(r.opId)),
      column(ops, (r) => r.type),
      column(ops, (r) => r.doorKey),
      column(ops, (r) => r.personId),
      column(ops, (r) => r.deviceKey),
      column(ops, (r) => r.dbEpoch),
      column(ops, (r) => r.localSeq),
      column(ops, (r) => (r.supersedes === null ? null : idBytes(r.supersedes))),
      column(ops, (r) => r.at),
      column(ops, (r) => Buffer.from(r.sha256)),
      column(ops, (r) => r.body),
      column(ops, (r) => r.effHlc),
      now,
      column(ops, (r) => (r.late ? 1 : 0)),
    ]);
    await this.#saveHeld(writes, write);
    await this.#savePeople(writes, write);
    await this.#saveDevices(writes, write);
    for (const { key, decision, by, why, asSeq } of writes.decisions) {
      await this.#session.run(DECIDE, [key, decision, by, now, why, asSeq]);
    }
    await this.#session.run('update clock set seq = $1', [writes.seq]);
  }

  #rows<T>(text: string, values: readonly unknown[]): Promise<T[]> {
    return this.#session.query<T>(text, values);
  }

  async #findDoors(ids: readonly DoorId[]): Promise<Map<DoorId, number>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#rows<{ id: DoorId; key: number }>(
      'select id, key from doors where id = any($1::text[])',
      [ids],
    );
    return new Map(rows.map(({ id, key }) => [id, key]));
  }

  async #findPeople(ids: readonly PersonId[]): Promise<Map<PersonId, KnownPerson>> {
    if (ids.length === 0) return new Map();
    const rows = await this.#rows<{ id: PersonId; kind: string; door_key: number }>(
      'select id, kind, door_key from people where id = any($1::text[])',
      [ids],
    );
    return new Map(rows.map((row) => [row.id, { kind: row.kind, doorKey: row.door_key }]));
  }

  async #readFolded(ids: readonly DoorId[], doorKeys: ReadonlyMap<DoorId, number>) {
    const facts = new Map<DoorId, DoorFact[]>();
    const residents = new Map<PersonId, KnownPerson>();
    const byKey = new Map<number, DoorFact[]>();
    for (const id of ids) {
      const key = doorKeys.get(id);
      if (key === undefined) continue;
      const list: DoorFact[] = [];
      facts.set(id, list);
      byKey.set(key, list);
    }
    if (byKey.size === 0) return { facts, residents };
    const keys = [...byKey.keys()];
    const rows = await this.#rows<{
      door_key: number;
      op_id: Uint8Array;
      person_key: number | null;
      eff_hlc: string | null;
      body: string;
    }>(FACTS, [keys]);
    for (const { door_key: key, op_id: opId, person_key: person, eff_hlc: effHlc, body } of rows) {
      const named = person !== null;
      byKey.get(key)?.push({ opId: formatUuid(opId) as OpId, named, effHlc, body });
    }
    const met = await this.#rows<{ id: PersonId; door_key: number }>(
      `select id, door_key from people where kind = 'resident' and door_key = any($1::bigint[])`,
      [keys],
    );
    for (const { id, door_key: key } of met) {
      residents.set(id, { kind: 'resident', doorKey: key });
    }
    return { facts, residents };
  }

  async #findApplied(opIds: readonly OpId[]): Promise<LogKnown['applied']> {
    if (opIds.length === 0) return new Map();
    const rows = await this.#rows<{
      op_id: Uint8Array;
      seq: number;
      sha256: Uint8Array;
      late: number;
      eff_hlc: string | null;
    }>(APPLIED, [opIds.map(idBytes)]);
    return new Map(
      rows.map(({ op_id: opId, seq, sha256, late, eff_hlc: effHlc }) => [
        formatUuid(opId),
        {
          seq: seq,
          sha256: hex(sha256),
          late: late === 1,
          clamped: effHlc !== null,
        },
      ]),
    );
  }

  async #findHeld(ids: readonly string[]): Promise<LogKnown['held']> {
    if (ids.length === 0) return new Map();
    const rows = await this.#rows<{
      op_id: string;
      sha256: string;
      reason: HeldReason;
      decision: HeldDecision | null;
    }>(HELD, [ids]);
    return new Map(
      rows.map(({ op_id: opId, sha256, reason, decision }) => [
        heldName(opId, sha256),
        { reason, decision },
      ]),
    );
  }

  async #findVisits(
    ask: LogAsk,
    doorKeys: ReadonlyMap<DoorId, number>,
  ): Promise<LogKnown['visits']> {
    const ids = new Map([...doorKeys].map(([id, key]) => [key, id]));
    const pairs = ask.visits.flatMap(({ deviceKey, doorId }) => {
      const doorKey = doorKeys.get(doorId);
      return doorKey === undefined ? [] : [{ deviceKey, doorKey }];
    });
    if (pairs.length === 0) return new Map();
    const rows = await this.#rows<{ device_key: number; door_key: number; until: number }>(VISITS, [
      column(pairs, (pair) => pair.deviceKey),
      column(pairs, (pair) => pair.doorKey),
    ]);
    return new Map(
      rows.flatMap(({ device_key: deviceKey, door_key: doorKey, until }) => {
        const id = ids.get(doorKey);
        return id === undefined ? [] : [[visitName(deviceKey, id), until]];
      }),
    );
  }

  async #findDevices(keys: readonly number[]): Promise<LogKnown['devices']> {
    const rows = await this.#rows<{
      key: number;
      db_epoch: string | null;
      revoked_at: number | null;
      lost_in_hand: number;
      grant_until: number;
      unsent_since: number | null;
      epoch: string | null;
      have: string | null;
    }>(DEVICES, [keys]);
    const devices = new Map<number, KnownDevice & { have: Map<string, readonly SeqRange[]> }>();
    for (const row of rows) {
      const device = devices.get(row.key) ?? {
        dbEpoch: row.db_epoch,
        revokedAt: row.revoked_at === null ? null : row.revoked_at,
        lostInHand: row.lost_in_hand === 1,
        grantUntil: row.grant_until,
        unsentSince: row.unsent_since === null ? null : row.unsent_since,
        have: new Map<string, readonly SeqRange[]>(),
      };
      if (row.epoch !== null && row.have !== null) {
        device.have.set(row.epoch, JSON.parse(row.have) as SeqRange[]);
      }
      devices.set(row.key, device);
    }
    return devices;
  }

  async #saveHeld({ held, now }: LogWrites, write: Write): Promise<void> {
    await write(HOLD, held.length, [
      column(held, (r) => r.opId),
      column(held, (r) => r.deviceKey),
      column(held, (r) => r.reason),
      column(held, (r) => r.sha256),
      column(held, (r) => Buffer.from(r.body)),
      column(held, (r) => r.carriedBy),
      now,
    ]);
  }

  async #savePeople(writes: LogWrites, write: Write): Promise<void> {
    const { now, named, optOuts, doorOptOuts, residents } = writes;
    await write(NAME_OPS, named.length, [
      column(named, (r) => idBytes(r.opId)),
      column(named, (r) => r.personId),
    ]);
    await write(OPT_OUT, optOuts.length, [
      column(optOuts, (r) => r.personId),
      column(optOuts, (r) => r.opId),
      now,
    ]);
    const doors = [column(doorOptOuts, (r) => r.doorKey), column(doorOptOuts, (r) => r.opId), now];
    await write(OPT_OUT_DOORS, doorOptOuts.length, doors);
    await write(OPT_OUT_BEHIND, doorOptOuts.length, doors);
    await write(DROP_RESIDENTS, residents.length, [column(residents, (r) => r.doorKey)]);
    const rows = residents.flatMap((door) => door.rows);
    await write(PUT_RESIDENTS, rows.length, [
      column(rows, (r) => r.personId),
      column(rows, (r) => r.firstName),
      column(rows, (r) => r.lastName),
      column(rows, (r) => r.opId),
    ]);
  }

  async #saveDevices({ signs, epochs, now }: LogWrites, write: Write): Promise<void> {
    await write(SIGN, signs.length, [
      column(signs, (r) => r.deviceKey),
      column(signs, (r) => r.unsent),
      column(signs, (r) => r.unsentSince),
      column(signs, (r) => r.maxLocalSeq),
      column(signs, (r) => r.dbEpoch),
      column(signs, (r) => r.grantUntil),
      column(signs, (r) => r.mismatches),
      now,
    ]);
    await write(EPOCHS, epochs.length, [
      column(epochs, (r) => r.deviceKey),
      column(epochs, (r) => r.dbEpoch),
      column(epochs, (r) => JSON.stringify(r.have)),
      column(epochs, (r) => r.maxLocalSeq),
      now,
    ]);
  }
}

type Write = (text: string, rows: number, values: readonly unknown[]) => Promise<void>;

/**
 * The chapter's log on a session whose transaction is open, whose search path is the chapter's
 * schema, and which holds the chapter's lock.
 */
export async function inPostgresLog<T>(
  session: PostgresSession,
  work: (log: LogTransaction) => Promise<T>,
): Promise<T> {
  const [head] = await session.query<{ incarnation: string; seq: number }>(
    'select incarnation, seq from chapter, clock',
  );
  if (head === undefined) throw new Error('The chapter has no clock.');
  return work(new PostgresLog(session, head));
}
