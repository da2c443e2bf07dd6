import { nextAuditRow } from './audit-row.ts';
import type { LogWrites } from './log.ts';
import { idBytes } from './log-rows.ts';
import type { PostgresSession } from './postgres-session.ts';

/** Values of one column for `unnest`, which takes rows apart by columns. */
function column<T, V>(rows: readonly T[], value: (row: T) => V): V[] {
  return rows.map(value);
}

/**
 * The same as PostgreSQL writes a list itself, for values that need no quotes there: numbers, ids,
 * hashes, stamps. The driver would look at every letter of them.
 */
function plain<T>(rows: readonly T[], value: (row: T) => string | number | null): string {
  return `{${rows.map((row) => value(row) ?? 'NULL').join(',')}}`;
}

/** Notes a statement that takes its rows by columns; without rows it is left out. */
type Write = (text: string, rows: number, values: readonly unknown[]) => void;

const OPS = `insert into ops (seq, op_id, type, door_key, person_key, device_key, db_epoch,
    local_seq, supersedes, at, received_at, sha256, body, eff_hlc, late,
    was_sha256)
  select r.seq, uuid_send(r.op_id), r.type, r.door_key, p.key, r.device_key, r.db_epoch, r.local_seq,
    uuid_send(r.supersedes), r.at, $14::bigint, decode(r.sha256, 'hex'), r.body, r.eff_hlc, r.late,
    decode(r.was_sha256, 'hex')
  from unnest($1::bigint[], $2::uuid[], $3::text[], $4::bigint[], $5::text[], $6::bigint[],
      $7::text[], $8::bigint[], $9::uuid[], $10::bigint[], $11::text[], $12::text[], $13::text[],
      $15::bigint[], $16::text[])
    as r (seq, op_id, type, door_key, person_id, device_key, db_epoch, local_seq, supersedes, at,
      sha256, body, eff_hlc, late, was_sha256)
    left join people p on p.id = r.person_id`;
const HOLD = `insert into held_ops
    (op_id, device_key, reason, received_at, sha256, body, carried_by, emptied)
  select r.op_id, r.device_key, r.reason, $7::bigint, r.sha256, r.body, r.carried_by, r.emptied
  from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::bytea[], $6::bigint[],
      $8::bigint[])
    as r (op_id, device_key, reason, sha256, body, carried_by, emptied)
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
const DROP_CONSENTS = 'delete from consents where door_key = any($1::bigint[])';
const PUT_CONSENTS = `insert into consents (person_key, door_key, recipients, given, wording,
    wording_hash, hlc, op_id, at)
  select p.key, r.door_key, r.recipients, r.given, r.wording, r.wording_hash, r.hlc, r.op_id,
    $9::bigint
  from unnest($1::text[], $2::bigint[], $3::text[], $4::bigint[], $5::text[], $6::text[],
      $7::text[], $8::text[])
    as r (person_id, door_key, recipients, given, wording, wording_hash, hlc, op_id)
  join people p on p.id = r.person_id`;
const PUT_AUDIT = `insert into audit (seq, at, kind, actor, subject, details, hash, actor_id)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`;
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

function saveOps({ ops, now }: LogWrites, write: Write): void {
  write(OPS, ops.length, [
    plain(ops, (r) => r.seq),
    plain(ops, (r) => r.opId),
    plain(ops, (r) => r.type),
    plain(ops, (r) => r.doorKey),
    plain(ops, (r) => r.personId),
    plain(ops, (r) => r.deviceKey),
    column(ops, (r) => r.dbEpoch),
    plain(ops, (r) => r.localSeq),
    plain(ops, (r) => r.supersedes),
    plain(ops, (r) => r.at),
    plain(ops, (r) => r.sha256),
    column(ops, (r) => r.body),
    plain(ops, (r) => r.effHlc),
    now,
    plain(ops, (r) => (r.late ? 1 : 0)),
    plain(ops, (r) => r.wasSha256 ?? null),
  ]);
}

function saveHeld({ held, now }: LogWrites, write: Write): void {
  write(HOLD, held.length, [
    column(held, (r) => r.opId),
    column(held, (r) => r.deviceKey),
    column(held, (r) => r.reason),
    column(held, (r) => r.sha256),
    column(held, (r) => Buffer.from(r.body)),
    column(held, (r) => r.carriedBy),
    now,
    column(held, (r) => (r.emptied === true ? 1 : 0)),
  ]);
}

function savePeople(writes: LogWrites, write: Write): void {
  const { now, named, optOuts, doorOptOuts, residents } = writes;
  write(NAME_OPS, named.length, [
    column(named, (r) => idBytes(r.opId)),
    column(named, (r) => r.personId),
  ]);
  write(OPT_OUT, optOuts.length, [
    column(optOuts, (r) => r.personId),
    column(optOuts, (r) => r.opId),
    now,
  ]);
  const doors = [column(doorOptOuts, (r) => r.doorKey), column(doorOptOuts, (r) => r.opId), now];
  write(OPT_OUT_DOORS, doorOptOuts.length, doors);
  write(OPT_OUT_BEHIND, doorOptOuts.length, doors);
  write(DROP_RESIDENTS, residents.length, [column(residents, (r) => r.doorKey)]);
  const rows = residents.flatMap((door) => door.rows);
  write(PUT_RESIDENTS, rows.length, [
    column(rows, (r) => r.personId),
    column(rows, (r) => r.firstName),
    column(rows, (r) => r.lastName),
    column(rows, (r) => r.opId),
  ]);
}

function saveConsents({ consents, now }: LogWrites, write: Write): void {
  write(DROP_CONSENTS, consents.length, [column(consents, (r) => r.doorKey)]);
  const rows = consents.flatMap(({ doorKey, rows: all }) =>
    all.map((row) => ({ doorKey, ...row })),
  );
  write(PUT_CONSENTS, rows.length, [
    column(rows, (r) => r.personId),
    column(rows, (r) => r.doorKey),
    column(rows, (r) => r.recipients),
    column(rows, (r) => (r.given ? 1 : 0)),
    column(rows, (r) => r.wording),
    column(rows, (r) => r.wordingHash),
    column(rows, (r) => r.hlc),
    column(rows, (r) => r.opId),
    now,
  ]);
}

async function saveAudit(session: PostgresSession, { happened }: LogWrites): Promise<void> {
  for (const one of happened) {
    const [last] = await session.query<{ seq: number; hash: Uint8Array }>(
      'select seq, hash from audit order by seq desc limit 1',
      [],
    );
    const { seq, at, kind, actor, subject, details, hash, actor_id } = nextAuditRow(last, one);
    const row = [seq, at, kind, actor, subject, details, hash, actor_id];
    await session.run(PUT_AUDIT, row);
  }
}

function saveDevices({ signs, epochs, now }: LogWrites, write: Write): void {
  write(SIGN, signs.length, [
    column(signs, (r) => r.deviceKey),
    column(signs, (r) => r.unsent),
    column(signs, (r) => r.unsentSince),
    column(signs, (r) => r.maxLocalSeq),
    column(signs, (r) => r.dbEpoch),
    column(signs, (r) => r.grantUntil),
    column(signs, (r) => r.mismatches),
    now,
  ]);
  write(EPOCHS, epochs.length, [
    column(epochs, (r) => r.deviceKey),
    column(epochs, (r) => r.dbEpoch),
    column(epochs, (r) => JSON.stringify(r.have)),
    column(epochs, (r) => r.maxLocalSeq),
    now,
  ]);
}

/** Named after their tables, so that each connection parses them once. */
const NAMES = new Map([
  [OPS, 'log-ops'],
  [SIGN, 'log-sign'],
  [EPOCHS, 'log-epochs'],
]);

/**
 * Makes the writes of a group, in the transaction that is open: all are sent at once, on a session
 * that sends ahead, in the order in which they build on each other.
 */
export async function saveToPostgres(session: PostgresSession, writes: LogWrites): Promise<void> {
  const { now, residentPeople: met } = writes;
  const all: { readonly text: string; readonly values: readonly unknown[] }[] = [];
  const write: Write = (text, rows, values) => {
    if (rows > 0) all.push({ text, values });
  };
  write(ADD_PEOPLE, met.length, [column(met, (r) => r.id), column(met, (r) => r.doorKey)]);
  saveOps(writes, write);
  saveHeld(writes, write);
  savePeople(writes, write);
  saveConsents(writes, write);
  saveDevices(writes, write);
  for (const { key, decision, by, why, asSeq } of writes.decisions) {
    write(DECIDE, 1, [key, decision, by, now, why, asSeq]);
  }
  write('update clock set seq = $1', 1, [writes.seq]);
  await Promise.all(all.map(({ text, values }) => session.run(text, values, NAMES.get(text))));
  await saveAudit(session, writes);
}
