import { effectiveFacts } from '#shared/canvass/effective-facts.ts';
import type { DoorId } from '#shared/kernel/ids.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { ConsentRow } from '../store/log.ts';
import type { LogView, ViewFact } from './log-view.ts';

/** Whether it is known of whom a fact of this door speaks. A resident is one at their own door alone. */
function isAboutSomebody(
  view: LogView,
  { named, operation }: ViewFact,
  { personId }: { readonly personId: ConsentRow['personId'] },
  doorKey: number,
): boolean {
  if ('emptied' in operation) return false;
  if (named) return true;
  const person = view.findPerson(personId);
  return person !== null && (person.kind === 'voter' || person.doorKey === doorKey);
}

/**
 * Computes anew what was allowed at a door, from its facts alone: of each person and kind of
 * recipient the newest stamp counts, so that no order of arrival matters. Only undoing takes such a
 * fact back. One about somebody who is not known yet counts once they are.
 */
export function keepConsents(view: LogView, doorId: DoorId, doorKey: number): void {
  const said = new Map<Operation, ViewFact>();
  for (const fact of view.factsAt(doorId)) {
    const { type } = fact.operation;
    if (type === 'consent' || type === 'withdraw') said.set(fact.operation, fact);
  }
  if (![...said.keys()].some(({ type }) => type === 'consent')) return;
  const last = new Map<string, ConsentRow>();
  for (const operation of effectiveFacts(said.keys())) {
    const fact = said.get(operation);
    if (operation.type !== 'consent' || fact === undefined) continue;
    const { hlc, opId, payload } = operation;
    if (!isAboutSomebody(view, fact, payload, doorKey)) continue;
    const { personId, recipients, given, wording, wordingHash } = payload;
    const row = { personId, recipients, given, wording, wordingHash, hlc, opId };
    last.set(`${personId} ${recipients}`, row);
  }
  view.setConsents(doorKey, [...last.values()]);
}
