import type { PersonId } from '../kernel/ids.ts';
import type { CorrectedField } from '../model/field-words.ts';
import type { Operation } from '../model/operation.ts';

/** What was put right of one person; an empty text says that there is none. */
export type Corrected = Partial<Readonly<Record<CorrectedField, string>>>;

/**
 * What was put right of each person at a door, out of facts that stand, oldest first: the latest of
 * each field counts. It lies over the roll and the packet, which stay as they are.
 */
export function foldCorrections(facts: Iterable<Operation>): ReadonlyMap<PersonId, Corrected> {
  const people = new Map<PersonId, Corrected>();
  for (const fact of facts) {
    if (fact.type !== 'correct' || fact.emptied === true) continue;
    const { personId, field, value } = fact.payload;
    people.set(personId, { ...people.get(personId), [field]: value });
  }
  return people;
}

/** Somebody as they are known now: what was put right lies over what the roll says. */
export function withCorrections<
  T extends {
    readonly firstName: string;
    readonly lastName: string;
    readonly phone: string | null;
  },
>(person: T, corrected: Corrected | undefined): T {
  if (corrected === undefined) return person;
  const { firstName, lastName, phone } = corrected;
  return {
    ...person,
    ...(firstName !== undefined && { firstName }),
    ...(lastName !== undefined && { lastName }),
    ...(phone !== undefined && { phone: phone === '' ? null : phone }),
  };
}
