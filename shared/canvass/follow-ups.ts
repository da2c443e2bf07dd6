import type { DoorId, MemberId, OpId, PersonId, TurfId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instant.ts';
import type { Operation } from '../model/operation.ts';
import { knockedAt } from './knocked-at.ts';
import { standingByDoor } from './standing-by-door.ts';

/** A promise that was made at a door and not taken back. */
export interface Promised {
  readonly opId: OpId;
  readonly doorId: DoorId;
  readonly personId: PersonId | null;
  readonly text: string;
  /** Who keeps it; null: the chapter decides who. */
  readonly whoId: MemberId | null;
  /** `YYYY-MM-DD` of the chapter; null: nobody said by when. */
  readonly by: string | null;
  readonly at: Instant;
  /** Who gave it. */
  readonly actorId: MemberId;
  readonly turfId: TurfId;
}

/** The promises that stand, oldest first; the same for every order and repetition of the facts. */
export function foldFollowUps(facts: Iterable<Operation>): readonly Promised[] {
  return standingByDoor(facts).flatMap((fact) => {
    if (fact.type !== 'follow-up') return [];
    const { doorId, personId, text, whoId, by } = fact.payload;
    const { opId, actorId, scopeId: turfId } = fact;
    return [{ opId, doorId, personId, text, whoId, by, at: knockedAt(fact), actorId, turfId }];
  });
}
