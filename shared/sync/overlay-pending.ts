import type { DoorId } from '../kernel/ids.ts';
import type { Operation } from '../model/operation.ts';

/**
 * The facts of each door: the log's with the phone's own on top (read-your-writes, I11). An
 * operation that has come back from the log is counted once.
 */
export function overlayPending(
  log: Iterable<Operation>,
  own: Iterable<Operation>,
): ReadonlyMap<DoorId, readonly Operation[]> {
  const seen = new Set<string>();
  const doors = new Map<DoorId, Operation[]>();
  for (const source of [log, own]) {
    for (const operation of source) {
      if (seen.has(operation.opId)) continue;
      seen.add(operation.opId);
      const facts = doors.get(operation.entityId);
      if (facts === undefined) doors.set(operation.entityId, [operation]);
      else facts.push(operation);
    }
  }
  return doors;
}
