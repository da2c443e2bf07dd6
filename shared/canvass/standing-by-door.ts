import type { Operation } from '../model/operation.ts';
import { compareFacts, effectiveFacts } from './effective-facts.ts';

/**
 * What still stands of the facts of many doors, oldest first: each door by itself, as only a later
 * fact of the same door takes one back. Emptied facts say nothing any more and are left out.
 */
export function standingByDoor(facts: Iterable<Operation>): readonly Operation[] {
  const doors = new Map<string, Operation[]>();
  for (const fact of facts) {
    const others = doors.get(fact.entityId);
    if (others === undefined) doors.set(fact.entityId, [fact]);
    else others.push(fact);
  }
  return [...doors.values()]
    .flatMap((ofDoor) => effectiveFacts(ofDoor))
    .filter(({ emptied }) => emptied !== true)
    .sort(compareFacts);
}
