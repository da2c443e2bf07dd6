import { foldDoor, asksNoContact } from '#shared/canvass/door-state.ts';
import type { DoorId, PersonId } from '#shared/kernel/ids.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { LogWriter } from '../store/log.ts';

interface DoorOp {
  readonly opId: Uint8Array;
  readonly personKey: number | null;
  readonly operation: Operation;
}

function readDoorOps(log: LogWriter, doorKey: number): readonly DoorOp[] {
  return log.doorOps(doorKey).map(({ opId, personKey, body }) => ({
    opId,
    personKey,
    // Whatever is in the log was checked when it came.
    operation: JSON.parse(body) as Operation,
  }));
}

function personOf({ payload }: Operation): PersonId | null {
  return 'personId' in payload ? payload.personId : null;
}

/** True when this person's id is free, or is a resident's of the same door. */
export function mayBeResident(log: LogWriter, personId: PersonId, doorKey: number): boolean {
  const known = log.findPerson(personId);
  return known === null || (known.kind === 'resident' && known.doorKey === doorKey);
}

/**
 * Makes the person of a resident's fact, and gives them what was said about them in facts that
 * arrived earlier: phones send do-not-contact before everything else.
 */
export function meetResident(log: LogWriter, personId: PersonId, doorKey: number): void {
  if (log.findPerson(personId) !== null) return;
  const personKey = log.addResidentPerson(personId, doorKey);
  for (const { opId, personKey: named, operation } of readDoorOps(log, doorKey)) {
    const flagsAll = asksNoContact(operation) && personOf(operation) === null;
    const about = personOf(operation) === personId;
    if (about && named === null) log.nameOp(opId, personKey);
    if (flagsAll || (about && asksNoContact(operation))) {
      log.optOut(operation.opId, doorKey, personKey);
    }
  }
}

/** Computes a door's residents anew from its facts, so that no order of arrival matters. */
export function keepResidents(log: LogWriter, doorId: DoorId, doorKey: number): void {
  const facts = readDoorOps(log, doorKey).map((one) => one.operation);
  if (!facts.some((fact) => fact.type === 'resident')) return;
  const { residents } = foldDoor({ doorId, people: [], turfId: null }, facts);
  log.dropResidents(doorKey);
  for (const { personId, firstName, lastName, opId } of residents) {
    const person = log.findPerson(personId);
    if (person !== null) log.putResident(person.key, firstName, lastName, opId);
  }
}
