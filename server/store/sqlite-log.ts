import { formatUuid, type DoorId, type OpId, type PersonId } from '#shared/kernel/ids.ts';
import type { HeldDecision, HeldReason } from '#shared/sync/held-reasons.ts';
import type { SeqRange } from '#shared/sync/protocol.ts';
import { BulkInsert } from './bulk-insert.ts';
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
import { rollBack } from './roll-back.ts';
import type { Sqlite, StatementSync } from './sqlite.ts';

/** The 16 bytes of an id whose text was checked. */
const idBytes = (id: OpId): Uint8Array => Buffer.from(id.replaceAll('-', ''), 'hex');
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

interface Statements {
  readonly head: StatementSync;
  readonly setClock: StatementSync;
  readonly applied: StatementSync;
  readonly anyHeld: StatementSync;
  readonly held: StatementSync;
  readonly heldWhole: StatementSync;
  readonly decide: StatementSync;
  readonly doors: StatementSync;
  readonly people: StatementSync;
  readonly visits: StatementSync;
  readonly facts: StatementSync;
  readonly residentsAt: StatementSync;
  readonly devices: StatementSync;
  readonly personKey: StatementSync;
  readonly hold: StatementSync;
  readonly addPerson: StatementSync;
  readonly nameOp: StatementSync;
  readonly optOut: StatementSync;
  readonly optOutDoor: StatementSync;
  readonly optOutPeople: StatementSync;
  readonly dropResidents: StatementSync;
  readonly putResident: StatementSync;
  readonly sign: StatementSync;
  readonly epoch: StatementSync;
  readonly ops: BulkInsert;
}

const OP_COLUMNS =
  'seq op_id type door_key person_key device_key db_epoch local_seq supersedes at received_at sha256 body eff_hlc late'.split(
    ' ',
  );

function prepare(sqlite: Sqlite): Statements {
  const listed = '(select value from json_each(?))';
  return {
    head: sqlite.prepare('select incarnation, seq from chapter, clock'),
    setClock: sqlite.prepare('update clock set seq = ?'),
    applied: sqlite.prepare(`select op_id as opId, seq, sha256, late, eff_hlc as effHlc from ops
      where op_id in (select unhex(value) from json_each(?))`),
    anyHeld: sqlite.prepare('select 1 from held_ops limit 1'),
    held: sqlite.prepare(
      `select op_id as opId, sha256, reason, decision from held_ops where op_id in ${listed}`,
    ),
    heldWhole: sqlite.prepare(`select key, op_id as opId, device_key as deviceKey, reason, body,
      decision from held_ops where key = ?`),
    decide: sqlite.prepare(`update held_ops set decision = ?, decided_by = ?, decided_at = ?,
      why = ?, as_seq = ? where key = ?`),
    doors: sqlite.prepare(`select id, key from doors where id in ${listed}`),
    people: sqlite.prepare(
      `select id, kind, door_key as doorKey from people where id in ${listed}`,
    ),
    visits: sqlite.prepare(`select deviceKey, doorKey, max(until) as until from (
        select a.device_key as deviceKey, t.door_key as doorKey,
          max(a.from_at, t.added_at) as since,
          min(a.until_at, coalesce(a.ended_at, a.until_at), coalesce(t.removed_at, a.until_at),
            coalesce(m.left_at, a.until_at)) as until
        from json_each(?) pair
          join turf_doors t on t.door_key = pair.value ->> 1
          join assignments a on a.turf_id = t.turf_id and a.device_key = pair.value ->> 0
          join devices d on d.key = a.device_key
          join members m on m.id = d.member_id
      ) where until >= since group by deviceKey, doorKey`),
    facts: sqlite.prepare(`select op_id as opId, person_key as personKey, eff_hlc as effHlc, body
      from ops where door_key = ? order by seq`),
    residentsAt: sqlite.prepare(`select id from people where door_key = ? and kind = 'resident'`),
    devices: sqlite.prepare(`select d.key, d.db_epoch as dbEpoch, d.revoked_at as revokedAt,
        d.lost_in_hand as lostInHand, d.grant_until as grantUntil, d.unsent_since as unsentSince,
        e.db_epoch as epoch, e.have
      from devices d left join device_epochs e on e.device_key = d.key
      where d.key in ${listed}`),
    personKey: sqlite.prepare('select key from people where id = ?'),
    hold: sqlite.prepare(`insert into held_ops
      (op_id, device_key, reason, received_at, sha256, body, carried_by)
      values (?, ?, ?, ?, ?, ?, ?) on conflict (op_id, sha256) do nothing`),
    addPerson: sqlite.prepare(
      `insert into people (id, kind, source_id, door_key) values (?, 'resident', null, ?)`,
    ),
    nameOp: sqlite.prepare('update ops set person_key = ? where op_id = ?'),
    optOut: sqlite.prepare(
      'insert into opt_outs (person_key, op_id, at) values (?, ?, ?) on conflict do nothing',
    ),
    optOutDoor: sqlite.prepare(
      'insert into door_opt_outs (door_key, op_id, at) values (?, ?, ?) on conflict do nothing',
    ),
    optOutPeople: sqlite.prepare(`insert into opt_outs (person_key, op_id, at)
      select key, ?, ? from people where door_key = ? on conflict do nothing`),
    dropResidents: sqlite.prepare(
      'delete from residents where person_key in (select key from people where door_key = ?)',
    ),
    putResident: sqlite.prepare(`insert into residents (person_key, first_name, last_name, op_id)
      values (?, ?, ?, ?) on conflict (person_key) do update set
      first_name = excluded.first_name, last_name = excluded.last_name, op_id = excluded.op_id`),
    sign: sqlite.prepare(`update devices set last_seen_at = ?, unsent = ?, unsent_since = ?,
      max_local_seq = ?, db_epoch = ?, grant_until = ?, mismatches = mismatches + ? where key = ?`),
    epoch: sqlite.prepare(`insert into device_epochs
      (device_key, db_epoch, have, max_local_seq, first_at, last_at) values (?, ?, ?, ?, ?, ?)
      on conflict (device_key, db_epoch) do update set have = excluded.have,
        max_local_seq = max(max_local_seq, excluded.max_local_seq), last_at = excluded.last_at`),
    ops: new BulkInsert(sqlite, 'insert into ops', OP_COLUMNS),
  };
}

const prepared = new WeakMap<Sqlite, Statements>();
/** Doors are never renumbered: which key an id has is asked once a connection. */
const doorKeys = new WeakMap<Sqlite, Map<DoorId, number>>();
const MOST_DOOR_KEYS = 200_000;

function statementsOf(sqlite: Sqlite): Statements {
  const known = prepared.get(sqlite);
  if (known !== undefined) return known;
  const made = prepare(sqlite);
  prepared.set(sqlite, made);
  return made;
}

class SqliteLog implements LogTransaction {
  readonly #sqlite: Sqlite;
  readonly #do: Statements;
  readonly incarnation: string;
  readonly seq: number;

  constructor(sqlite: Sqlite) {
    this.#sqlite = sqlite;
    this.#do = statementsOf(sqlite);
    const head = this.#do.head.get() as { incarnation: string; seq: number };
    this.incarnation = head.incarnation;
    this.seq = head.seq;
  }

  async load(ask: LogAsk): Promise<LogKnown> {
    const doors = this.#findDoors(ask.doorIds);
    const facts = new Map<DoorId, DoorFact[]>();
    const people = this.#findPeople(ask.personIds);
    for (const doorId of ask.foldedDoorIds) {
      const key = doors.get(doorId);
      if (key === undefined) continue;
      facts.set(doorId, this.#readFacts(key));
      const rows = this.#do.residentsAt.all(key) as { id: PersonId }[];
      for (const { id } of rows) people.set(id, { kind: 'resident', doorKey: key });
    }
    return {
      applied: this.#findApplied(ask.opIds),
      held: this.#findHeld(ask.heldIds),
      doorKeys: doors,
      people,
      facts,
      visits: this.#findVisits(ask, doors),
      devices: this.#findDevices(ask.deviceKeys),
    };
  }

  async readHeld(key: number): Promise<HeldWhole | null> {
    const row = this.#do.heldWhole.get(key) as
      (Omit<HeldWhole, 'body'> & { body: Uint8Array }) | undefined;
    return row === undefined ? null : { ...row, body: Buffer.from(row.body).toString() };
  }

  async save(writes: LogWrites): Promise<void> {
    const keys = new Map<PersonId, number>();
    for (const { id, doorKey } of writes.residentPeople) {
      keys.set(id, Number(this.#do.addPerson.run(id, doorKey).lastInsertRowid));
    }
    const keyOf = (id: PersonId): number => {
      const known = keys.get(id) ?? (this.#do.personKey.get(id) as { key: number }).key;
      keys.set(id, known);
      return known;
    };
    for (const op of writes.ops) {
      this.#do.ops.add(
        op.seq,
        idBytes(op.opId),
        op.type,
        op.doorKey,
        op.personId === null ? null : keyOf(op.personId),
        op.deviceKey,
        op.dbEpoch,
        op.localSeq,
        op.supersedes === null ? null : idBytes(op.supersedes),
        op.at,
        writes.now,
        op.sha256,
        op.body,
        op.effHlc,
        op.late ? 1 : 0,
      );
    }
    this.#do.ops.flush();
    this.#saveHeld(writes);
    this.#savePeople(writes, keyOf);
    this.#saveDevices(writes);
    for (const { key, decision, by, why, asSeq } of writes.decisions) {
      this.#do.decide.run(decision, by, writes.now, why, asSeq, key);
    }
    this.#do.setClock.run(writes.seq);
  }

  #findApplied(opIds: readonly OpId[]): LogKnown['applied'] {
    const list = JSON.stringify(opIds.map((id) => id.replaceAll('-', '')));
    const rows = this.#do.applied.all(list) as {
      opId: Uint8Array;
      seq: number;
      sha256: Uint8Array;
      late: number;
      effHlc: string | null;
    }[];
    return new Map(
      rows.map(({ opId, seq, sha256, late, effHlc }) => [
        formatUuid(opId),
        { seq, sha256: hex(sha256), late: late === 1, clamped: effHlc !== null },
      ]),
    );
  }

  #findHeld(ids: readonly string[]): LogKnown['held'] {
    if (this.#do.anyHeld.get() === undefined) return new Map();
    const rows = this.#do.held.all(JSON.stringify(ids)) as {
      opId: string;
      sha256: string;
      reason: HeldReason;
      decision: HeldDecision | null;
    }[];
    return new Map(
      rows.map(({ opId, sha256, reason, decision }) => [
        heldName(opId, sha256),
        { reason, decision },
      ]),
    );
  }

  #findDoors(ids: readonly DoorId[]): Map<DoorId, number> {
    let cache = doorKeys.get(this.#sqlite);
    if (cache === undefined || cache.size > MOST_DOOR_KEYS) {
      cache = new Map();
      doorKeys.set(this.#sqlite, cache);
    }
    const unknown = ids.filter((id) => !cache.has(id));
    if (unknown.length > 0) {
      const rows = this.#do.doors.all(JSON.stringify(unknown)) as { id: DoorId; key: number }[];
      for (const { id, key } of rows) cache.set(id, key);
    }
    return new Map(ids.flatMap((id) => (cache.has(id) ? [[id, cache.get(id) ?? 0]] : [])));
  }

  #findPeople(ids: readonly PersonId[]): Map<PersonId, KnownPerson> {
    if (ids.length === 0) return new Map();
    const rows = this.#do.people.all(JSON.stringify(ids)) as {
      id: PersonId;
      kind: string;
      doorKey: number;
    }[];
    return new Map(rows.map(({ id, kind, doorKey }) => [id, { kind, doorKey }]));
  }

  #findVisits(ask: LogAsk, doors: ReadonlyMap<DoorId, number>): LogKnown['visits'] {
    const ids = new Map([...doors].map(([id, key]) => [key, id]));
    const pairs = ask.visits.flatMap(({ deviceKey, doorId }) => {
      const key = doors.get(doorId);
      return key === undefined ? [] : [[deviceKey, key]];
    });
    const rows = this.#do.visits.all(JSON.stringify(pairs)) as {
      deviceKey: number;
      doorKey: number;
      until: number;
    }[];
    return new Map(
      rows.flatMap(({ deviceKey, doorKey, until }) => {
        const id = ids.get(doorKey);
        return id === undefined ? [] : [[visitName(deviceKey, id), until]];
      }),
    );
  }

  #readFacts(doorKey: number): DoorFact[] {
    const rows = this.#do.facts.all(doorKey) as {
      opId: Uint8Array;
      personKey: number | null;
      effHlc: string | null;
      body: string;
    }[];
    return rows.map(({ opId, personKey, effHlc, body }) => ({
      opId: formatUuid(opId) as OpId,
      named: personKey !== null,
      effHlc,
      body,
    }));
  }

  #findDevices(keys: readonly number[]): LogKnown['devices'] {
    const rows = this.#do.devices.all(JSON.stringify(keys)) as {
      key: number;
      dbEpoch: string | null;
      revokedAt: number | null;
      lostInHand: number;
      grantUntil: number;
      unsentSince: number | null;
      epoch: string | null;
      have: string | null;
    }[];
    const devices = new Map<number, KnownDevice & { have: Map<string, readonly SeqRange[]> }>();
    for (const { key, lostInHand, epoch, have, ...row } of rows) {
      const device = devices.get(key) ?? { ...row, lostInHand: lostInHand === 1, have: new Map() };
      if (epoch !== null && have !== null) {
        device.have.set(epoch, JSON.parse(have) as SeqRange[]);
      }
      devices.set(key, device);
    }
    return devices;
  }

  #saveHeld({ held, now }: LogWrites): void {
    for (const { opId, deviceKey, reason, sha256, body, carriedBy } of held) {
      // As bytes, since a driver cuts a text at its first NUL.
      this.#do.hold.run(opId, deviceKey, reason, now, sha256, Buffer.from(body), carriedBy);
    }
  }

  #savePeople(writes: LogWrites, keyOf: (id: PersonId) => number): void {
    const { now } = writes;
    for (const { opId, personId } of writes.named) {
      this.#do.nameOp.run(keyOf(personId), idBytes(opId));
    }
    for (const { personId, opId } of writes.optOuts) {
      this.#do.optOut.run(keyOf(personId), opId, now);
    }
    for (const { doorKey, opId } of writes.doorOptOuts) {
      this.#do.optOutDoor.run(doorKey, opId, now);
      this.#do.optOutPeople.run(opId, now, doorKey);
    }
    for (const { doorKey, rows } of writes.residents) {
      this.#do.dropResidents.run(doorKey);
      for (const { personId, firstName, lastName, opId } of rows) {
        this.#do.putResident.run(keyOf(personId), firstName, lastName, opId);
      }
    }
  }

  #saveDevices({ signs, epochs, now }: LogWrites): void {
    for (const one of signs) {
      this.#do.sign.run(
        now,
        one.unsent,
        one.unsentSince,
        one.maxLocalSeq,
        one.dbEpoch,
        one.grantUntil,
        one.mismatches,
        one.deviceKey,
      );
    }
    for (const { deviceKey, dbEpoch, have, maxLocalSeq } of epochs) {
      this.#do.epoch.run(deviceKey, dbEpoch, JSON.stringify(have), maxLocalSeq, now, now);
    }
  }
}

/**
 * Runs the work as one write transaction on the writer's connection: durable, or not there. Nobody
 * else may use the connection meanwhile.
 */
export async function inSqliteLog<T>(
  sqlite: Sqlite,
  work: (log: LogTransaction) => Promise<T>,
): Promise<T> {
  sqlite.exec('begin immediate');
  try {
    const done = await work(new SqliteLog(sqlite));
    sqlite.exec('commit');
    return done;
  } catch (error) {
    rollBack(sqlite);
    throw error;
  }
}
