import { setImmediate } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { BuildingId, DoorId } from '#shared/kernel/ids.ts';
import { compareUnits } from '#shared/walk/order-units.ts';
import type { Tables } from '../store/tables.ts';
import { findRefusing } from './find-refusing.ts';
import { selectToVisit } from './select-universe.ts';

/** Buildings asked about in one query: a few milliseconds. */
const BUILDINGS = 500;

/** A question that is ready to be asked. */
export type Question = Parameters<typeof selectToVisit>[1];

/** A door of a building at which the universe has somebody, with everybody of it. */
export interface MemberDoor {
  readonly key: number;
  readonly id: DoorId;
  readonly unit: string;
  readonly people: number[];
}

/**
 * Of some buildings: the doors to go to that a universe has there now, by floor, and their people.
 * Whoever said that nobody may come by is not among them.
 */
export async function readMembers(
  db: { readonly read: Kysely<Tables> },
  question: Question,
  buildings: readonly number[],
): Promise<ReadonlyMap<number, readonly MemberDoor[]>> {
  const members = new Map<number, Map<number, MemberDoor>>();
  const refusing = await findRefusing(db.read, 'door');
  for (let from = 0; from < buildings.length; from += BUILDINGS) {
    if (from > 0) await setImmediate();
    const rows = await selectToVisit(db.read, question, refusing)
      .innerJoin('doors', 'doors.key', 'row.door_key')
      .select(['row.building_key as building', 'row.person_key as person'])
      .select(['doors.key', 'doors.id', 'doors.unit'])
      .where('row.building_key', 'in', buildings.slice(from, from + BUILDINGS))
      .orderBy('row.person_key')
      .execute();
    for (const { building, person, key, id, unit } of rows) {
      const doors = members.get(building) ?? new Map<number, MemberDoor>();
      members.set(building, doors);
      const door = doors.get(key);
      if (door === undefined) doors.set(key, { key, id, unit, people: [person] });
      else door.people.push(person);
    }
  }
  return new Map(
    [...members].map(([building, doors]) => [
      building,
      [...doors.values()].sort((a, b) => compareUnits(a.unit, b.unit) || a.key - b.key),
    ]),
  );
}

/** Keys of buildings by their ids; those that are not there are left out. */
export async function keysOfBuildings(
  db: { readonly read: Kysely<Tables> },
  ids: readonly BuildingId[],
): Promise<ReadonlyMap<BuildingId, number>> {
  const keys = new Map<BuildingId, number>();
  for (let from = 0; from < ids.length; from += BUILDINGS) {
    if (from > 0) await setImmediate();
    const rows = await db.read
      .selectFrom('buildings')
      .select(['id', 'key'])
      .where('id', 'in', ids.slice(from, from + BUILDINGS))
      .execute();
    for (const { id, key } of rows) keys.set(id, key);
  }
  return keys;
}
