import type { MemberId, ShiftId } from '../kernel/ids.ts';
import type { Operation } from '../model/operation.ts';
import { compareFacts, effectiveFacts } from './effective-facts.ts';

export type SignUpFact = Operation & { readonly type: 'sign-up' };

/**
 * What each member last said of each shift, the earliest of these answers first: the same for every
 * order and every repetition of the facts. One may say so from several turfs: the latest counts.
 */
export function foldSignUps(
  facts: Iterable<Operation>,
): ReadonlyMap<ShiftId, ReadonlyMap<MemberId, SignUpFact>> {
  const said = standing(facts).flatMap((fact) =>
    fact.type === 'sign-up' && fact.emptied !== true ? [fact] : [],
  );
  const shifts = new Map<ShiftId, Map<MemberId, SignUpFact>>();
  for (const fact of said) {
    const members = shifts.get(fact.payload.shiftId) ?? new Map<MemberId, SignUpFact>();
    shifts.set(fact.payload.shiftId, members);
    // A later answer stands at its own place, behind what others said meanwhile.
    members.delete(fact.actorId);
    members.set(fact.actorId, fact);
  }
  return shifts;
}

/** What stands of the facts of many doors, in the order of stamps. */
function standing(facts: Iterable<Operation>): Operation[] {
  const doors = new Map<string, Operation[]>();
  for (const fact of facts) {
    const list = doors.get(fact.entityId);
    if (list === undefined) doors.set(fact.entityId, [fact]);
    else list.push(fact);
  }
  return [...doors.values()].flatMap((list) => [...effectiveFacts(list)]).sort(compareFacts);
}
