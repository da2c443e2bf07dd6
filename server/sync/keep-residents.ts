import { asksNoContact, foldDoor } from '#shared/canvass/door-state.ts';
import type { DoorId, PersonId } from '#shared/kernel/ids.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { LogView } from './log-view.ts';

function personOf({ payload }: Operation): PersonId | null {
  return 'personId' in payload ? payload.personId : null;
}

/** True when this person's id is free, or is a resident's of the same door. */
export function mayBeResident(view: LogView, personId: PersonId, doorKey: number): boolean {
  const known = view.findPerson(personId);
  return known === null || (known.kind === 'resident' && known.doorKey === doorKey);
}

/**
 * Makes the person of a resident's fact, and gives them what was said about them in facts that
 * arrived earlier: phones send do-not-contact before everything else.
 */
export function meetResident(
  view: LogView,
  personId: PersonId,
  doorId: DoorId,
  doorKey: number,
): void {
  if (view.findPerson(personId) !== null) return;
  view.addResidentPerson(personId, doorKey);
  for (const { named, operation } of view.factsAt(doorId)) {
    const flagsAll = asksNoContact(operation) && personOf(operation) === null;
    const about = personOf(operation) === personId;
    if (about && !named) view.nameFact(operation.opId, personId);
    if (flagsAll || (about && asksNoContact(operation))) view.optOut(personId, operation.opId);
  }
}

/** Computes a door's residents anew from its facts, so that no order of arrival matters. */
export function keepResidents(view: LogView, doorId: DoorId, doorKey: number): void {
  const facts = view.factsAt(doorId).map(({ operation }) => ({ ...operation, entityId: doorId }));
  if (!facts.some((fact) => fact.type === 'resident')) return;
  const { residents } = foldDoor({ doorId, people: [], turfId: null }, facts);
  // Two phones may each have met the same person: what was said last counts.
  const last = new Map(residents.map((row) => [row.personId, row]));
  const rows = [...last.values()].filter(({ personId }) => view.findPerson(personId) !== null);
  view.setResidents(doorKey, rows);
}
