import { asOne } from '#shared/canvass/as-one.ts';
import type { DoorId, PersonId, TurfId } from '#shared/kernel/ids.ts';
import type { Operation } from '#shared/model/operation.ts';
import { readOperation } from '#shared/sync/read-operation.ts';
import type { PacketSheet } from './packet-store.ts';

/** Which facts are of one person, where several records of a packet were found to be one. */
export interface MergedSheet {
  /** A fact as it is shown. */
  readonly shown: (fact: Operation) => Operation;
  /** What was said of the packet's people elsewhere, as knocks of before at their door. */
  readonly elsewhere: readonly Operation[];
}

/** No turf is called so: what was said elsewhere is no knock of the turf that is walked. */
const ELSEWHERE = '' as TurfId;

function atDoor(fact: Operation, doorId: DoorId): Operation {
  const payload = { ...fact.payload, doorId };
  return { ...fact, entityId: doorId, scopeId: ELSEWHERE, payload } as Operation;
}

/** Reads what a packet says of merged records; packets of earlier versions say nothing. */
export function readMergedSheet({ people, merged = [], elsewhere = [] }: PacketSheet): MergedSheet {
  const faceOf = new Map<PersonId, PersonId>(merged.map(({ id, face }) => [id, face]));
  const doorOf = new Map(people.map(({ id, doorId }) => [id, doorId]));
  const shown = (fact: Operation): Operation => asOne(fact, faceOf);
  const brought = elsewhere.flatMap(({ body, eff }) => {
    const read = readOperation(body, eff);
    if (read === null || !('personId' in read.payload)) return [];
    const fact = shown(read);
    const personId = 'personId' in fact.payload ? fact.payload.personId : null;
    const door = personId === null ? undefined : doorOf.get(personId);
    return door === undefined || fact.type === 'resident' ? [] : [atDoor(fact, door)];
  });
  return { shown, elsewhere: brought };
}
