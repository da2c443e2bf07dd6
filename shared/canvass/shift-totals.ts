import type { DoorId } from '../kernel/ids.ts';
import type { Operation } from '../model/operation.ts';
import type { ShiftTotals } from '../model/shift.ts';
import { effectiveFacts } from './effective-facts.ts';

const isSupport = (operation: Operation & { type: 'knock' }): boolean =>
  operation.payload.answers.some(({ given }) => given.kind === 'support' && given.level <= 2);

const NO_TWINS: ReadonlyMap<DoorId, DoorId> = new Map();

/**
 * What one phone did, out of its facts: the same for every order, every repetition and every split
 * into batches, so that the phone's own slip and the server's can be laid side by side. A door that
 * was found under several ids is one: `twins` has each other id with the door's own.
 */
export function shiftTotals(
  operations: Iterable<Operation>,
  twins: ReadonlyMap<DoorId, DoorId> = NO_TWINS,
): ShiftTotals {
  const doors = new Map<DoorId, Map<string, Operation>>();
  for (const operation of operations) {
    const id = twins.get(operation.entityId) ?? operation.entityId;
    const facts = doors.get(id) ?? new Map<string, Operation>();
    doors.set(id, facts.set(operation.opId, operation));
  }
  const totals = { facts: 0, doors: 0, knocks: 0, contacts: 0, supports: 0 };
  for (const facts of doors.values()) {
    const knocks = effectiveFacts(facts.values()).flatMap((fact) =>
      fact.type === 'knock' ? [fact] : [],
    );
    totals.facts += facts.size;
    totals.doors += knocks.length > 0 ? 1 : 0;
    totals.knocks += knocks.length;
    totals.contacts += knocks.filter((one) => one.payload.outcome.kind === 'contact').length;
    totals.supports += knocks.filter(isSupport).length;
  }
  return totals;
}
