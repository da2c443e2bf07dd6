import { wayOfTurf } from '#shared/canvass/refused-ways.ts';
import { withCorrections } from '#shared/canvass/corrections.ts';
import { type DoorState, foldDoor } from '#shared/canvass/door-state.ts';
import { findTwins, isTakenBack, joinTwins, withFoundDoors } from '#shared/canvass/found-doors.ts';
import { tallyDoors } from '#shared/canvass/tally.ts';
import type { DoorId } from '#shared/kernel/ids.ts';
import type { Building } from '#shared/model/door.ts';
import type { Operation } from '#shared/model/operation.ts';
import type { PacketDoor } from '#shared/model/packet.ts';
import type { Person } from '#shared/model/person.ts';
import type { Tally } from '#shared/model/turf.ts';
import { overlayPending } from '#shared/sync/overlay-pending.ts';
import { readOperation } from '#shared/sync/read-operation.ts';
import { type MergedSheet, readMergedSheet } from './merged-sheet.ts';
import type { PacketSheet } from './packet-store.ts';

/** One door as the walk's screens show it: packet, log and this phone's own facts together. */
export interface WalkDoor {
  readonly door: PacketDoor;
  readonly building: Building;
  /** The packet's people, then residents met at the door; do-not-contact is up to date. */
  readonly people: readonly Person[];
  readonly state: DoorState;
}

/** Everything that the walk's screens show, in walk order. */
export interface Walk {
  readonly sheet: PacketSheet;
  readonly doors: readonly WalkDoor[];
  /** By every id that a door was found under. */
  readonly byDoor: ReadonlyMap<DoorId, WalkDoor>;
  /** Ids under which doors were found a second time, with the door's own. */
  readonly twins: ReadonlyMap<DoorId, DoorId>;
  readonly tally: Tally;
}

interface Body {
  readonly opId: string;
  readonly body: string;
  readonly eff?: string;
}

function mergePeople(people: readonly Person[], doorId: DoorId, state: DoorState): Person[] {
  const listed = new Set(people.map((person) => person.id));
  const met = state.residents
    .filter((resident) => !listed.has(resident.personId))
    .map((resident): Person => {
      const { personId: id, firstName, lastName } = resident;
      const unknown = { age: null, party: null, sex: null, phone: null };
      return {
        id,
        kind: 'resident',
        doorId,
        firstName,
        lastName,
        ...unknown,
        target: true,
        doNotContact: false,
      };
    });
  return [...people, ...met].map((known) => {
    const person = withCorrections(known, state.corrections.get(known.id));
    const doNotContact = state.doNotContact || (state.people.get(person.id)?.doNotContact ?? false);
    return doNotContact === person.doNotContact ? person : { ...person, doNotContact };
  });
}

/**
 * Makes the function that computes the walk. It keeps what it parsed and each door that did not
 * change as the same object, so that one knock renders one row again.
 */
export function makeWalkFolder(): (
  sheet: PacketSheet,
  log: readonly Body[],
  own: readonly Body[],
) => Walk {
  const parsed = new Map<string, Operation | null>();
  const before = new Map<DoorId, { readonly key: string; readonly value: WalkDoor }>();
  let last: PacketSheet | null = null;
  let merged: MergedSheet = { shown: (fact) => fact, elsewhere: [] };
  let peopleOf: ReadonlyMap<DoorId, Person[]> = new Map();
  let buildingOf: ReadonlyMap<string, Building> = new Map();

  function* read(bodies: readonly Body[]): Iterable<Operation> {
    for (const { opId, body, eff } of bodies) {
      // The log may give another stamp to what this phone wrote with its own.
      const name = eff === undefined ? opId : `${opId} ${eff}`;
      let operation = parsed.get(name);
      if (operation === undefined) {
        operation = readOperation(body, eff);
        parsed.set(name, operation);
      }
      if (operation !== null) yield merged.shown(operation);
    }
  }

  function turnTo(sheet: PacketSheet): void {
    last = sheet;
    merged = readMergedSheet(sheet);
    before.clear();
    // The same fact may have been emptied since: its words must not outlast its packet.
    parsed.clear();
    const people = new Map<DoorId, Person[]>();
    for (const person of sheet.people) {
      const others = people.get(person.doorId);
      if (others === undefined) people.set(person.doorId, [person]);
      else others.push(person);
    }
    peopleOf = people;
    buildingOf = new Map(sheet.buildings.map((building) => [building.id, building]));
  }

  return (sheet, log, own) => {
    if (sheet !== last) turnTo(sheet);
    const all = overlayPending([...read(log), ...merged.elsewhere], read(own));
    const twins = findTwins(sheet.doors, all);
    const facts = joinTwins(all, twins);
    const doors = withFoundDoors(sheet.doors, facts, sheet.units).flatMap((door): WalkDoor[] => {
      const building = buildingOf.get(door.buildingId);
      if (building === undefined) return [];
      const ofDoor = facts.get(door.id) ?? [];
      const key = ofDoor.map((fact) => fact.opId + fact.hlc).join();
      const kept = before.get(door.id);
      if (kept?.key === key && kept.value.door.position === door.position) return [kept.value];
      const people = peopleOf.get(door.id) ?? [];
      if (people.length === 0 && isTakenBack(ofDoor)) return [];
      const way = wayOfTurf(sheet.turf.kind);
      const state = foldDoor({ doorId: door.id, people, turfId: sheet.turf.id, way }, ofDoor);
      const value = { door, building, people: mergePeople(people, door.id, state), state };
      before.set(door.id, { key, value });
      return [value];
    });
    const byDoor = new Map(doors.map((door) => [door.door.id, door]));
    for (const [id, own] of twins) {
      const door = byDoor.get(own);
      if (door !== undefined) byDoor.set(id, door);
    }
    return {
      sheet,
      doors,
      byDoor,
      twins,
      tally: tallyDoors(doors.map((door) => door.state)),
    };
  };
}
