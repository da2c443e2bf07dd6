import type { MemberId, OpId, PersonId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instant.ts';
import type { Channel } from '../model/consent.ts';
import type { Operation } from '../model/operation.ts';
import { knockedAt } from './knocked-at.ts';
import { standingByDoor } from './standing-by-door.ts';

/** What one person said last of one way to get in touch, with the words that were read to them. */
export interface ContactSaid {
  readonly opId: OpId;
  readonly personId: PersonId;
  readonly channel: Channel;
  readonly given: boolean;
  readonly wording: string;
  readonly wordingHash: string;
  readonly at: Instant;
  readonly actorId: MemberId;
}

/**
 * By which ways people said that we may, or may not, get in touch: of each person and way the newest
 * stamp counts, wherever it was said. Nobody is in it who was not asked. The same for every order
 * and repetition of the same facts.
 */
export function foldContactConsents(facts: Iterable<Operation>): readonly ContactSaid[] {
  const last = new Map<string, ContactSaid>();
  for (const fact of standingByDoor(facts)) {
    if (fact.type !== 'contact-consent') continue;
    const { personId, channel, given, wording, wordingHash } = fact.payload;
    const { opId, actorId } = fact;
    const said = { opId, personId, channel, given, wording, wordingHash };
    last.set(`${personId} ${channel}`, { ...said, at: knockedAt(fact), actorId });
  }
  return [...last.values()];
}
