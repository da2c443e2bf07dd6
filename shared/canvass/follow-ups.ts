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
  /** Who said on a phone that it was kept, and when; null: nobody. */
  readonly kept: { readonly at: Instant; readonly actorId: MemberId } | null;
}

/** The promises that stand, oldest first; the same for every order and repetition of the facts. */
export function foldFollowUps(facts: Iterable<Operation>): readonly Promised[] {
  const promises = standingByDoor(facts).filter((fact) => fact.type === 'follow-up');
  const keptBy = new Map(promises.map((fact) => [fact.payload.keeps, fact]));
  return promises.flatMap((fact) => {
    const { doorId, personId, text, whoId, by, keeps } = fact.payload;
    if (keeps !== undefined) return [];
    const { opId, actorId, scopeId: turfId } = fact;
    const last = keptBy.get(opId);
    const kept = last === undefined ? null : { at: knockedAt(last), actorId: last.actorId };
    const said = { opId, doorId, personId, text, whoId, by, turfId };
    return [{ ...said, at: knockedAt(fact), actorId, kept }];
  });
}
