import type { Operation } from '../model/operation.ts';

/** The order of facts wherever they are computed: by stamp, then phone, then id; never by arrival. */
export function compareFacts(a: Operation, b: Operation): number {
  if (a.hlc !== b.hlc) return a.hlc < b.hlc ? -1 : 1;
  if (a.deviceId !== b.deviceId) return a.deviceId < b.deviceId ? -1 : 1;
  return a.opId < b.opId ? -1 : a.opId > b.opId ? 1 : 0;
}

/** The operation that this one takes back or replaces, if any. */
function replacedBy(operation: Operation): string | null {
  return operation.type === 'withdraw' ? operation.payload.opId : operation.supersedes;
}

/**
 * The facts that still stand, oldest first, each once: without those that a later standing fact
 * takes back or replaces. An undo can itself be undone. Only a later fact of the same door can
 * replace an earlier one, so that every phone and the server agree whatever arrived first.
 */
export function effectiveFacts(facts: Iterable<Operation>): readonly Operation[] {
  const once = new Map<string, Operation>();
  for (const fact of facts) once.set(fact.opId, fact);
  const order = [...once.values()].sort(compareFacts);
  const replaced = new Set<string>();
  const standing: Operation[] = [];
  for (const fact of order.reverse()) {
    if (replaced.has(fact.opId)) continue;
    standing.push(fact);
    const target = replacedBy(fact);
    if (target !== null) replaced.add(target);
  }
  return standing.reverse();
}
