import type { PersonId } from '#shared/kernel/ids.ts';
import { nextAuditRow } from './audit-row.ts';
import type { LogWrites } from './log.ts';
import { idBytes } from './log-rows.ts';
import type { LogStatements } from './sqlite-log-statements.ts';

type KeyOf = (id: PersonId) => number;

function saveOps(run: LogStatements, { ops, now }: LogWrites, keyOf: KeyOf): void {
  for (const op of ops) {
    run.addOp.get(
      op.seq,
      op.opId,
      op.type,
      op.doorKey,
      op.personId === null ? null : keyOf(op.personId),
      op.deviceKey,
      op.dbEpoch,
      op.localSeq,
      op.supersedes,
      op.at,
      now,
      op.sha256,
      op.body,
      op.effHlc,
      op.late ? 1 : 0,
      op.wasSha256 ?? null,
    );
  }
}

function saveHeld(run: LogStatements, { held, now }: LogWrites): void {
  for (const { opId, deviceKey, reason, sha256, body, carriedBy, emptied } of held) {
    // As bytes, since a driver cuts a text at its first NUL.
    const flag = emptied === true ? 1 : 0;
    run.hold.run(opId, deviceKey, reason, now, sha256, Buffer.from(body), carriedBy, flag);
  }
}

function savePeople(run: LogStatements, writes: LogWrites, keyOf: KeyOf): void {
  const { now } = writes;
  for (const { opId, personId } of writes.named) {
    run.nameOp.run(keyOf(personId), idBytes(opId));
  }
  for (const { personId, opId } of writes.optOuts) {
    run.optOut.run(keyOf(personId), opId, now);
  }
  for (const { doorKey, opId } of writes.doorOptOuts) {
    run.optOutDoor.run(doorKey, opId, now);
    run.optOutPeople.run(opId, now, doorKey);
  }
  for (const { doorKey, rows } of writes.residents) {
    run.dropResidents.run(doorKey);
    for (const { personId, firstName, lastName, opId } of rows) {
      run.putResident.run(keyOf(personId), firstName, lastName, opId);
    }
  }
}

function saveConsents(run: LogStatements, { consents, now }: LogWrites, keyOf: KeyOf): void {
  for (const { doorKey, rows } of consents) {
    run.dropConsents.run(doorKey);
    for (const { personId, recipients, given, wording, wordingHash, hlc, opId } of rows) {
      const [person, flag] = [keyOf(personId), given ? 1 : 0];
      run.putConsent.run(person, doorKey, recipients, flag, wording, wordingHash, hlc, opId, now);
    }
  }
}

function saveAudit(run: LogStatements, { happened }: LogWrites): void {
  for (const one of happened) {
    const last = run.lastAudit.get() as { seq: number; hash: Uint8Array } | undefined;
    const { seq, at, kind, actor, subject, details, hash, actor_id } = nextAuditRow(last, one);
    run.putAudit.run(seq, at, kind, actor, subject, details, hash, actor_id);
  }
}

function saveDevices(run: LogStatements, { signs, epochs, now }: LogWrites): void {
  for (const one of signs) {
    run.sign.get(
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
    run.epoch.get(deviceKey, dbEpoch, JSON.stringify(have), maxLocalSeq, now, now);
  }
}

/** Makes the writes of a group, in the transaction that is open; `keys` are of people known already. */
export function saveToSqlite(
  run: LogStatements,
  writes: LogWrites,
  keys: Map<PersonId, number>,
): void {
  for (const { id, doorKey } of writes.residentPeople) {
    keys.set(id, Number(run.addPerson.run(id, doorKey).lastInsertRowid));
  }
  const keyOf = (id: PersonId): number => {
    const known = keys.get(id);
    if (known !== undefined) return known;
    const { key } = run.personKey.get(id) as { key: number };
    keys.set(id, key);
    return key;
  };
  saveOps(run, writes, keyOf);
  saveHeld(run, writes);
  savePeople(run, writes, keyOf);
  saveConsents(run, writes, keyOf);
  saveDevices(run, writes);
  for (const { key, decision, by, why, asSeq } of writes.decisions) {
    run.decide.run(decision, by, writes.now, why, asSeq, key);
  }
  saveAudit(run, writes);
  run.setClock.run(writes.seq);
}
