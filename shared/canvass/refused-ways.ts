import type { PersonId } from '../kernel/ids.ts';
import type { Channel } from '../model/consent.ts';
import type { Operation } from '../model/operation.ts';
import type { TurfKind } from '../model/turf-kind.ts';

/** By which way a turf's people are met; null: they come by themselves, as at a stall. */
export function wayOfTurf(kind: TurfKind | undefined): Channel | null {
  if (kind === 'stall') return null;
  return kind === 'calls' ? 'call' : 'door';
}

/**
 * Who said last that nobody may get in touch by one way, out of facts of a door that stand, oldest
 * first. Nobody is in it who was not asked.
 */
export function refusingBy(facts: Iterable<Operation>, way: Channel): ReadonlySet<PersonId> {
  const refusing = new Set<PersonId>();
  for (const fact of facts) {
    if (fact.type !== 'contact-consent' || fact.payload.channel !== way) continue;
    if (fact.payload.given) refusing.delete(fact.payload.personId);
    else refusing.add(fact.payload.personId);
  }
  return refusing;
}
