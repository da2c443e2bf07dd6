import type { Sqlite, StatementSync } from './sqlite.ts';

/**
 * Every statement that the log needs, prepared once a connection. What finds many rows gives them as
 * one JSON text named `found`, and what is written for every fact is run with `get`: to be handed
 * rows, or how many there were, costs more than to find or write them.
 */
export interface LogStatements {
  readonly head: StatementSync;
  readonly setClock: StatementSync;
  readonly applied: StatementSync;
  readonly anyHeld: StatementSync;
  readonly held: StatementSync;
  readonly heldWhole: StatementSync;
  readonly decide: StatementSync;
  readonly lastAudit: StatementSync;
  readonly putAudit: StatementSync;
  readonly dropConsents: StatementSync;
  readonly putConsent: StatementSync;
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
  readonly addOp: StatementSync;
}

function prepare(sqlite: Sqlite): LogStatements {
  const listed = '(select value from json_each(?))';
  return {
    head: sqlite.prepare('select incarnation, seq from chapter, clock'),
    setClock: sqlite.prepare('update clock set seq = ?'),
    applied: sqlite.prepare(`select op_id as opId, seq,
      coalesce(was_sha256, sha256) as sha256, late, eff_hlc as effHlc from ops
      where op_id in (select unhex(value, '-') from json_each(?))`),
    anyHeld: sqlite.prepare('select 1 from held_ops limit 1'),
    held: sqlite.prepare(
      `select op_id as opId, sha256, reason, decision from held_ops where op_id in ${listed}`,
    ),
    heldWhole: sqlite.prepare(`select key, op_id as opId, device_key as deviceKey, reason, body,
      decision from held_ops where key = ?`),
    lastAudit: sqlite.prepare('select seq, hash from audit order by seq desc limit 1'),
    putAudit: sqlite.prepare(`insert into audit
      (seq, at, kind, actor, subject, details, hash, actor_id) values (?, ?, ?, ?, ?, ?, ?, ?)`),
    dropConsents: sqlite.prepare('delete from consents where door_key = ?'),
    putConsent: sqlite.prepare(`insert into consents (person_key, door_key, recipients, given,
      wording, wording_hash, hlc, op_id, at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    decide: sqlite.prepare(`update held_ops set decision = ?, decided_by = ?, decided_at = ?,
      why = ?, as_seq = ? where key = ?`),
    doors: sqlite.prepare(`select id, key from doors where id in (select value from json_each(?1))
      union all
      select id, door_key from found_twins where id in (select value from json_each(?1))`),
    people:
      sqlite.prepare(`select json_group_array(json_array(asked.key, p.key, p.kind, p.door_key))
      as found from json_each(?) asked cross join people p on p.id = asked.value`),
    // From the phones to their doors: of each phone what is only its own is asked once.
    visits: sqlite.prepare(`select json_group_array(json_array(deviceKey, doorKey, until)) as found
      from (
        select a.device_key as deviceKey, t.door_key as doorKey,
          max(a.from_at, t.added_at) as since,
          min(a.until_at, coalesce(a.ended_at, a.until_at), coalesce(t.removed_at, a.until_at),
            coalesce(m.left_at, a.until_at)) as until
        from json_each(?) phone
          cross join devices d on d.key = cast(phone.key as integer)
          cross join members m on m.id = d.member_id
          cross join json_each(phone.value) door
          cross join turf_doors t on t.door_key = door.value
          cross join assignments a on a.turf_id = t.turf_id and a.device_key = d.key
      ) where until >= since`),
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
      (op_id, device_key, reason, received_at, sha256, body, carried_by, emptied)
      values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (op_id, sha256) do nothing`),
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
    // One row a call: so wide a row costs more among thirty than alone. Ids and hashes come as text,
    // which costs less to hand over than bytes.
    addOp: sqlite.prepare(`insert into ops (seq, op_id, type, door_key, person_key, device_key,
      db_epoch, local_seq, supersedes, at, received_at, sha256, body, eff_hlc, late, was_sha256)
      values (?, unhex(?, '-'), ?, ?, ?, ?, ?, ?, unhex(?, '-'), ?, ?, unhex(?), ?, ?, ?, unhex(?))`),
  };
}

const prepared = new WeakMap<Sqlite, LogStatements>();
/** The connection's statements. */
export function statementsOf(sqlite: Sqlite): LogStatements {
  const known = prepared.get(sqlite);
  if (known !== undefined) return known;
  const made = prepare(sqlite);
  prepared.set(sqlite, made);
  return made;
}
