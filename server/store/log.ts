import { type Kysely, sql } from 'kysely';
import {
  formatUuid,
  type DoorId,
  type OpId,
  type PersonId,
  type TurfId,
} from '#shared/kernel/ids.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { Change, HeldReason } from '#shared/sync/protocol.ts';
import { rollBack } from './roll-back.ts';
import type { Sqlite, StatementSync } from './sqlite.ts';
import type { Tables } from './tables.ts';

/** Where an operation belongs, as far as the chapter knows. */
export interface OpPlace {
  readonly doorKey: number;
  /** The door was in a turf that this device held at some time. */
  readonly inScope: boolean;
  readonly personKey: number | null;
}

interface Statements {
  readonly chapter: StatementSync;
  readonly clock: StatementSync;
  readonly setClock: StatementSync;
  readonly place: StatementSync;
  readonly insert: StatementSync;
  readonly findOp: StatementSync;
  readonly anyHeld: StatementSync;
  readonly findHeld: StatementSync;
  readonly hold: StatementSync;
  readonly optOut: StatementSync;
  readonly optOutDoor: StatementSync;
  readonly optOutPeople: StatementSync;
  readonly doorOps: StatementSync;
  readonly nameOp: StatementSync;
  readonly addPerson: StatementSync;
  readonly findPerson: StatementSync;
  readonly putResident: StatementSync;
  readonly dropResidents: StatementSync;
  readonly seen: StatementSync;
}

function prepare(sqlite: Sqlite): Statements {
  return {
    chapter: sqlite.prepare('select incarnation from chapter'),
    clock: sqlite.prepare('select seq from clock'),
    setClock: sqlite.prepare('update clock set seq = ?'),
    place: sqlite.prepare(`select d.key as doorKey,
      exists (select 1 from assignments a join turf_doors t on t.turf_id = a.turf_id
        where a.device_key = ? and t.door_key = d.key) as inScope,
      (select p.key from people p where p.id = ?) as personKey
      from doors d where d.id = ?`),
    insert: sqlite.prepare(`insert into ops (seq, op_id, type, door_key, person_key, device_key,
      db_epoch, local_seq, supersedes, at, received_at, sha256, body)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (op_id) do nothing`),
    findOp: sqlite.prepare('select seq, sha256 from ops where op_id = ?'),
    anyHeld: sqlite.prepare('select 1 as held from held_ops limit 1'),
    findHeld: sqlite.prepare('select reason from held_ops where op_id = ? and sha256 = ?'),
    hold: sqlite.prepare(`insert into held_ops (op_id, device_key, reason, received_at, sha256, body)
      values (?, ?, ?, ?, ?, cast(? as text)) on conflict (op_id, sha256) do nothing`),
    optOut: sqlite.prepare(
      'insert into opt_outs (person_key, op_id, at) values (?, ?, ?) on conflict do nothing',
    ),
    optOutDoor: sqlite.prepare(
      'insert into door_opt_outs (door_key, op_id, at) values (?, ?, ?) on conflict do nothing',
    ),
    optOutPeople: sqlite.prepare(`insert into opt_outs (person_key, op_id, at)
      select key, ?, ? from people where door_key = ? on conflict do nothing`),
    doorOps: sqlite.prepare(
      'select op_id as opId, person_key as personKey, body from ops where door_key = ? order by seq',
    ),
    nameOp: sqlite.prepare('update ops set person_key = ? where op_id = ?'),
    addPerson: sqlite.prepare(
      `insert into people (id, kind, source_id, door_key) values (?, 'resident', null, ?)`,
    ),
    findPerson: sqlite.prepare('select key, kind, door_key as doorKey from people where id = ?'),
    putResident: sqlite.prepare(`insert into residents (person_key, first_name, last_name, op_id)
      values (?, ?, ?, ?) on conflict (person_key) do update set
      first_name = excluded.first_name, last_name = excluded.last_name, op_id = excluded.op_id`),
    dropResidents: sqlite.prepare(
      'delete from residents where person_key in (select key from people where door_key = ?)',
    ),
    seen: sqlite.prepare(`update devices set last_seen_at = ?, unsent = ?,
      max_local_seq = case when db_epoch = ? then max(coalesce(max_local_seq, 0), ?) else ? end,
      db_epoch = ? where key = ?`),
  };
}

const prepared = new WeakMap<Sqlite, Statements>();

function statementsOf(sqlite: Sqlite): Statements {
  const known = prepared.get(sqlite);
  if (known !== undefined) return known;
  const made = prepare(sqlite);
  prepared.set(sqlite, made);
  return made;
}

/** The 16 bytes of an id whose text was checked. */
const idBytes = (id: OpId): Uint8Array => Buffer.from(id.replaceAll('-', ''), 'hex');

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** A device's state of health as it says itself with each push. */
export interface DeviceSign {
  readonly deviceKey: number;
  readonly dbEpoch: string;
  readonly maxLocalSeq: number;
  readonly unsent: number;
}

/**
 * The chapter's log inside one open write transaction. Sequence numbers are given out under the
 * write lock and written back before the commit, so their order is the order of commits, without
 * gaps (P6); a transaction or savepoint that is rolled back gives them back.
 */
export class LogWriter {
  readonly #sqlite: Sqlite;
  readonly #do: Statements;
  readonly #now: number;
  readonly incarnation: string;
  #seq: number;
  #anyHeld: boolean;
  #ended = false;

  constructor(sqlite: Sqlite, now: number) {
    this.#sqlite = sqlite;
    this.#do = statementsOf(sqlite);
    this.#now = now;
    this.incarnation = (this.#do.chapter.get() as { incarnation: string }).incarnation;
    this.#seq = (this.#do.clock.get() as { seq: number }).seq;
    this.#anyHeld = this.#do.anyHeld.get() !== undefined;
  }

  /**
   * True when the database itself has ended the transaction, as a full disk can make it. Whatever was
   * written from then on would be committed bit by bit, without its numbers.
   */
  get ended(): boolean {
    return this.#ended;
  }

  /** Writes the counter back; the last thing before the commit. */
  finish(): void {
    this.#do.setClock.run(this.#seq);
  }

  /** Runs a part that may fail alone; what it wrote and the numbers it took are then undone. */
  attempt<T>(work: () => T): T {
    const seq = this.#seq;
    this.#sqlite.exec('savepoint part');
    try {
      const done = work();
      this.#sqlite.exec('release part');
      return done;
    } catch (error) {
      try {
        this.#sqlite.exec('rollback to part');
        this.#sqlite.exec('release part');
      } catch {
        this.#ended = true;
      }
      this.#seq = seq;
      throw error;
    }
  }

  findPlace(deviceKey: number, doorId: DoorId, personId: PersonId | null): OpPlace | null {
    const row = this.#do.place.get(deviceKey, personId ?? '', doorId) as
      { doorKey: number; inScope: number; personKey: number | null } | undefined;
    return row === undefined ? null : { ...row, inScope: row.inScope === 1 };
  }

  /**
   * Appends an operation. Gives its place in the log, `repeat` when these very bytes are there
   * already, and `id-reuse` when other bytes have taken the id. No look before the insert (P5).
   */
  append(
    operation: Operation,
    place: OpPlace,
    deviceKey: number,
    sha256: Uint8Array,
    body: string,
  ): { readonly seq: number; readonly repeat: boolean } | 'id-reuse' {
    const seq = this.#seq + 1;
    const opId = idBytes(operation.opId);
    const replaced = operation.type === 'withdraw' ? operation.payload.opId : operation.supersedes;
    const { changes } = this.#do.insert.run(
      seq,
      opId,
      operation.type,
      place.doorKey,
      place.personKey,
      deviceKey,
      operation.dbEpoch,
      operation.localSeq,
      replaced === null ? null : idBytes(replaced),
      Math.trunc(operation.at.ms),
      this.#now,
      sha256,
      body,
    );
    if (changes === 1) {
      this.#seq = seq;
      return { seq, repeat: false };
    }
    return this.findApplied(operation.opId, sha256) ?? 'id-reuse';
  }

  /** Where these very bytes are in the log already. */
  findApplied(opId: OpId, sha256: Uint8Array): { seq: number; repeat: true } | null {
    const row = this.#do.findOp.get(idBytes(opId)) as
      { seq: number; sha256: Uint8Array } | undefined;
    if (row === undefined || !isSame(row.sha256, sha256)) return null;
    return { seq: row.seq, repeat: true };
  }

  /** Why these very bytes were held before; null when they never were. */
  findHeld(opId: string, sha256: string): HeldReason | null {
    if (!this.#anyHeld) return null;
    const row = this.#do.findHeld.get(opId, sha256) as { reason: HeldReason } | undefined;
    return row?.reason ?? null;
  }

  /** Keeps whole what cannot be applied (P13). */
  hold(opId: string, deviceKey: number, reason: HeldReason, sha256: string, body: string): void {
    // As bytes, since a driver cuts a text at its first NUL.
    this.#do.hold.run(opId, deviceKey, reason, this.#now, sha256, Buffer.from(body));
    this.#anyHeld = true;
  }

  /**
   * Marks a person, or the door with everybody behind it, now and later, as not to be contacted.
   * Never undone here.
   */
  optOut(opId: OpId, doorKey: number, personKey: number | null): void {
    if (personKey !== null) {
      this.#do.optOut.run(personKey, opId, this.#now);
      return;
    }
    this.#do.optOutDoor.run(doorKey, opId, this.#now);
    this.#do.optOutPeople.run(opId, this.#now, doorKey);
  }

  doorOps(doorKey: number): readonly {
    readonly opId: Uint8Array;
    readonly personKey: number | null;
    readonly body: string;
  }[] {
    return this.#do.doorOps.all(doorKey) as {
      opId: Uint8Array;
      personKey: number | null;
      body: string;
    }[];
  }

  findPerson(personId: PersonId): { key: number; kind: string; doorKey: number } | null {
    const row = this.#do.findPerson.get(personId) as
      { key: number; kind: string; doorKey: number } | undefined;
    return row ?? null;
  }

  addResidentPerson(personId: PersonId, doorKey: number): number {
    return Number(this.#do.addPerson.run(personId, doorKey).lastInsertRowid);
  }

  /** Notes whom an operation is about, when the person became known after it. */
  nameOp(opId: Uint8Array, personKey: number): void {
    this.#do.nameOp.run(personKey, opId);
  }

  dropResidents(doorKey: number): void {
    this.#do.dropResidents.run(doorKey);
  }

  putResident(personKey: number, firstName: string, lastName: string, opId: OpId): void {
    this.#do.putResident.run(personKey, firstName, lastName, opId);
  }

  noteDevice({ deviceKey, dbEpoch, maxLocalSeq, unsent }: DeviceSign): void {
    this.#do.seen.run(this.#now, unsent, dbEpoch, maxLocalSeq, maxLocalSeq, dbEpoch, deviceKey);
  }
}

/** Runs the work as one write transaction on the writer's connection: durable, or not there. */
export function inLog<T>(sqlite: Sqlite, now: number, work: (log: LogWriter) => T): T {
  sqlite.exec('begin immediate');
  try {
    const log = new LogWriter(sqlite, now);
    const done = work(log);
    log.finish();
    sqlite.exec('commit');
    return done;
  } catch (error) {
    rollBack(sqlite);
    throw error;
  }
}

/** The facts at a turf's doors after `after`, up to `most`, in the order of the log. */
export async function readTurfChanges(
  trx: Kysely<Tables>,
  turfIds: readonly TurfId[],
  after: number,
  most: number | null,
): Promise<Change[]> {
  if (turfIds.length === 0) return [];
  const { rows } = await sql<{ seq: number; op_id: Uint8Array; body: string }>`
    select seq, op_id, body from ops
    where seq > ${after} and door_key in
      (select door_key from turf_doors where turf_id in (${sql.join([...turfIds])}))
    order by seq limit ${most ?? -1}`.execute(trx);
  return rows.map((row) => ({ seq: row.seq, opId: formatUuid(row.op_id) as OpId, body: row.body }));
}
