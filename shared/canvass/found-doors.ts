import type { DoorId } from '../kernel/ids.ts';
import type { Operation } from '../model/operation.ts';
import type { PacketDoor, PacketUnit } from '../model/packet.ts';
import { unitKey } from '../model/unit-name.ts';
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

/** Always the same, that nobody has to look twice. */
const NO_TWINS: ReadonlyMap<DoorId, DoorId> = new Map();

type Facts = ReadonlyMap<DoorId, readonly Operation[]>;

/** The dwelling that facts of a door say was found last, as its building and unit; null: none was. */
function foundAs(facts: readonly Operation[]): string | null {
  let last: (Operation & { readonly type: 'door' }) | null = null;
  for (const fact of facts) {
    if (fact.type === 'door' && (last === null || compareFacts(last, fact) < 0)) last = fact;
  }
  return last === null ? null : nameOf(last.payload);
}

function nameOf({ buildingId, unit }: Pick<PacketDoor, 'buildingId' | 'unit'>): string | null {
  const key = unitKey(unit);
  return key === '' ? null : `${buildingId} ${key}`;
}

/**
 * Ids of doors that were found though the list has the same dwelling, or somebody else had found it
 * under another id: each with the door's own. That is the list's where it has one, else the smallest,
 * so that the order of the facts does not matter.
 */
export function findTwins(doors: readonly PacketDoor[], facts: Facts): ReadonlyMap<DoorId, DoorId> {
  const known = new Set(doors.map(({ id }) => id));
  const found = [...facts].flatMap(([id, all]) => {
    const name = known.has(id) ? null : foundAs(all);
    return name === null ? [] : [{ id, name }];
  });
  if (found.length === 0) return NO_TWINS;
  const twins = new Map<DoorId, DoorId>();
  const own = new Map<string, DoorId>();
  for (const door of doors) {
    const name = nameOf(door);
    if (name !== null && !own.has(name)) own.set(name, door.id);
  }
  for (const { id, name } of found.sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const first = own.get(name);
    if (first === undefined) own.set(name, id);
    else twins.set(id, first);
  }
  return twins.size === 0 ? NO_TWINS : twins;
}

/** A fact as one of this door, whatever other id the door had where it was said. */
export function atDoor(fact: Operation, doorId: DoorId): Operation {
  return fact.entityId === doorId ? fact : { ...fact, entityId: doorId };
}

/** Facts by door, with those of twins under the door's own id; what each says stays as it was said. */
export function joinTwins(facts: Facts, twins: ReadonlyMap<DoorId, DoorId>): Facts {
  if (twins.size === 0) return facts;
  const joined = new Map<DoorId, Operation[]>();
  for (const [id, all] of facts) {
    const own = twins.get(id) ?? id;
    const list = joined.get(own) ?? [];
    joined.set(own, list);
    for (const fact of all) list.push(atDoor(fact, own));
  }
  return joined;
}

/**
 * A packet's doors with those that were found since, each behind the others of its building and
 * numbered after all that have a number, in the order in which they were found. A door of a building
 * that is not the packet's is left out, and one that another turf walks (`beside`). The same for every
 * order of the same facts; what is nothing new is given back as it came.
 */
export function withFoundDoors(
  doors: readonly PacketDoor[],
  facts: Facts,
  beside: readonly PacketUnit[] = [],
): readonly PacketDoor[] {
  const known = new Set(doors.map(({ id }) => id));
  const all = [...facts].flatMap(([id, of]) => (known.has(id) ? [] : readFound(id, of)));
  if (all.length === 0) return doors;
  const theirs = new Set(
    beside.flatMap((unit) => (unit.held === true ? (nameOf(unit) ?? []) : [])),
  );
  const found = all.filter(({ door }) => !theirs.has(nameOf(door) ?? ''));
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
