import type { DoorId, MemberId, OpId, PersonId, PetitionId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instant.ts';
import type { Operation } from '../model/operation.ts';
import { knockedAt } from './knocked-at.ts';
import { standingByDoor } from './standing-by-door.ts';

/** A person's name under a petition or a pledge. What was drawn stays in the fact. */
export interface Signed {
  readonly opId: OpId;
  readonly petitionId: PetitionId;
  readonly personId: PersonId;
  readonly doorId: DoorId;
  readonly wordingHash: string;
  readonly at: Instant;
  /** Who held the phone. */
  readonly actorId: MemberId;
}

/**
 * Who has signed what, oldest first: one signature a person and petition, the newest that stands, so
 * that whoever signs twice counts once. The same for every order and repetition of the facts.
 */
export function foldSignatures(facts: Iterable<Operation>): readonly Signed[] {
  const last = new Map<string, Signed>();
  for (const fact of standingByDoor(facts)) {
    if (fact.type !== 'signature') continue;
    const { petitionId, personId, doorId, wordingHash } = fact.payload;
    const { opId, actorId } = fact;
    const key = `${petitionId} ${personId}`;
    last.delete(key);
    const signed = { opId, petitionId, personId, doorId, wordingHash, actorId };
    last.set(key, { ...signed, at: knockedAt(fact) });
  }
  return [...last.values()];
}
