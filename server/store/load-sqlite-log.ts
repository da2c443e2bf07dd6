import type { DoorId, OpId, PersonId } from '#shared/kernel/ids.ts';
import type { DoorFact, LogAsk, LogKnown } from './log.ts';
import {
  type PersonRow,
  toApplied,
  toDevices,
  toFact,
  toHeld,
  toPeople,
  toVisits,
} from './log-rows.ts';
import { type LogStatements, statementsOf } from './sqlite-log-statements.ts';
import type { Sqlite } from './sqlite.ts';

type KeyedPerson = PersonRow & { readonly key: number };

/** Doors are never renumbered: which key an id has is asked once a connection. */
const doorKeys = new WeakMap<Sqlite, Map<DoorId, number>>();
const MOST_DOOR_KEYS = 200_000;

/** What was learnt of doors in a transaction that came to nothing must not be remembered. */
export function forgetDoors(sqlite: Sqlite): void {
  doorKeys.delete(sqlite);
}

function findDoors(sqlite: Sqlite, ids: readonly DoorId[]): Map<DoorId, number> {
  let cache = doorKeys.get(sqlite);
  if (cache === undefined || cache.size > MOST_DOOR_KEYS) {
    cache = new Map();
    doorKeys.set(sqlite, cache);
  }
  const unknown = ids.filter((id) => !cache.has(id));
  if (unknown.length > 0) {
    const list = JSON.stringify(unknown);
    const rows = statementsOf(sqlite).doors.all(list) as { id: DoorId; key: number }[];
    for (const { id, key } of rows) cache.set(id, key);
  }
  return new Map(ids.flatMap((id) => (cache.has(id) ? [[id, cache.get(id) ?? 0]] : [])));
}

function findApplied({ applied }: LogStatements, opIds: readonly OpId[]): LogKnown['applied'] {
  return toApplied(applied.all(JSON.stringify(opIds)));
}

function findHeld({ anyHeld, held }: LogStatements, ids: readonly string[]): LogKnown['held'] {
  if (anyHeld.get() === undefined) return new Map();
  return toHeld(held.all(JSON.stringify(ids)));
}

function findVisits(
  { visits }: LogStatements,
  ask: LogAsk,
  doors: ReadonlyMap<DoorId, number>,
): LogKnown['visits'] {
  const pairs: [deviceKey: number, doorKey: number][] = [];
  for (const [deviceKey, doorIds] of ask.visits) {
    for (const doorId of doorIds) {
      const doorKey = doors.get(doorId);
      if (doorKey !== undefined) pairs.push([deviceKey, doorKey]);
    }
  }
  if (pairs.length === 0) return new Map();
  return toVisits(visits.all(JSON.stringify(pairs)), doors);
}

/**
 * What the log holds of what is asked, in the transaction that is open. The keys of the people that
 * it comes by are put into `keys`, for what is written afterwards.
 */
export function loadFromSqlite(
  sqlite: Sqlite,
  ask: LogAsk,
  keys: Map<PersonId, number>,
): Omit<LogKnown, 'erased'> {
  const run = statementsOf(sqlite);
  const doors = findDoors(sqlite, ask.doorIds);
  const facts = new Map<DoorId, DoorFact[]>();
  const list = JSON.stringify(ask.personIds);
  const known = ask.personIds.length === 0 ? [] : (run.people.all(list) as KeyedPerson[]);
  for (const { id, key } of known) keys.set(id, key);
  const people = toPeople(known);
  for (const doorId of ask.foldedDoorIds) {
    const key = doors.get(doorId);
    if (key === undefined) continue;
    facts.set(doorId, run.facts.all(key).map(toFact));
    const rows = run.residentsAt.all(key) as { id: PersonId }[];
    for (const { id } of rows) people.set(id, { kind: 'resident', doorKey: key });
  }
  return {
    applied: findApplied(run, ask.opIds),
    held: findHeld(run, ask.heldIds),
    doorKeys: doors,
    people,
    facts,
    visits: findVisits(run, ask, doors),
    devices: toDevices(run.devices.all(JSON.stringify([...ask.visits.keys()]))),
  };
}
