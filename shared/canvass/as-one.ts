import type { PersonId } from '../kernel/ids.ts';
import type { Operation } from '../model/operation.ts';

/**
 * A fact as it is read where two records were found to be one person: it names the one that is shown.
 * Its bytes are never touched, so that it is the other's again when they are taken apart. That a
 * hidden resident was met says nothing more: whoever is shown for them is in the list already.
 */
export function asOne(fact: Operation, faceOf: ReadonlyMap<PersonId, PersonId>): Operation {
  if (faceOf.size === 0 || !('personId' in fact.payload)) return fact;
  const { personId } = fact.payload;
  const face = personId === null ? undefined : faceOf.get(personId);
  if (face === undefined) return fact;
  if (fact.type === 'resident') return { ...fact, emptied: true };
  return { ...fact, payload: { ...fact.payload, personId: face } } as Operation;
}
