import type { DoorId } from '../kernel/ids.ts';
import type { Operation } from '../model/operation.ts';
import type { PacketDoor } from '../model/packet.ts';
import { compareFacts, effectiveFacts } from './effective-facts.ts';

/** True for a door that somebody had found and that was taken back, with nothing left to show. */
export function isTakenBack(facts: readonly Operation[]): boolean {
  return (
    facts.some(({ type }) => type === 'door') &&
    effectiveFacts(facts).every(({ type }) => type === 'withdraw')
  );
}

function readFound(doorId: DoorId, facts: readonly Operation[]) {
  const said = [...facts]
    .sort(compareFacts)
    .flatMap((fact) => (fact.type === 'door' ? [fact] : []));
  const [first, last] = [said[0], said.at(-1)];
  if (first === undefined || last === undefined || isTakenBack(facts)) return [];
  const { buildingId, unit } = last.payload;
  return [{ first, door: { id: doorId, buildingId, unit } }];
}

/**
 * A packet's doors with those that were found since, each behind the others of its building and
 * numbered after all that have a number, in the order in which they were found. A door of a building
 * that is not the packet's is left out. The same for every order of the same facts; what is nothing
 * new is given back as it came.
 */
export function withFoundDoors(
  doors: readonly PacketDoor[],
  facts: ReadonlyMap<DoorId, readonly Operation[]>,
): readonly PacketDoor[] {
  const known = new Set(doors.map(({ id }) => id));
  const found = [...facts].flatMap(([id, all]) => (known.has(id) ? [] : readFound(id, all)));
  if (found.length === 0) return doors;
  found.sort((a, b) => compareFacts(a.first, b.first));
  const last = doors.reduce((most, { position }) => Math.max(most, position), 0);
  const more = found.map(({ door }, index) => ({ ...door, position: last + index + 1 }));
  const ends = new Map(doors.map(({ buildingId, id }) => [buildingId, id]));
  return doors.flatMap((door) =>
    ends.get(door.buildingId) === door.id
      ? [door, ...more.filter(({ buildingId }) => buildingId === door.buildingId)]
      : [door],
  );
}
