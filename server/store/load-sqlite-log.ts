import type { DoorId, OpId, PersonId } from '#shared/kernel/ids.ts';
import type { DoorFact, KnownPerson, LogAsk, LogKnown } from './log.ts';
import { toApplied, toDevices, toFact, toHeld, toVisits, type VisitRow } from './log-rows.ts';
import { type LogStatements, statementsOf } from './sqlite-log-statements.ts';
import type { Sqlite, StatementSync } from './sqlite.ts';

/** `at`: the place among the ids that were asked for. */
type PersonFound = readonly [at: number, key: number, kind: string, doorKey: number];

/** Doors are never renumbered: which key an id has is asked once a connection. */
const doorKeys = new WeakMap<Sqlite, Map<DoorId, number>>();
const MOST_DOOR_KEYS = 200_000;

/** What was learnt of doors in a transaction that came to nothing must not be remembered. */
export function forgetDoors(sqlite: Sqlite): void {
  doorKeys.delete(sqlite);
}

function findDoors(sqlite: Sqlite, { visits }: LogAsk): ReadonlyMap<DoorId, number> {
  let cache = doorKeys.get(sqlite);
  if (cache === undefined || cache.size > MOST_DOOR_KEYS) {
    cache = new Map();
    doorKeys.set(sqlite, cache);
  }
  const unknown = new Set<DoorId>();
  for (const ids of visits.values()) for (const id of ids) if (!cache.has(id)) unknown.add(id);
  if (unknown.size > 0) {
    const list = JSON.stringify([...unknown]);
    const rows = statementsOf(sqlite).doors.all(list) as { id: DoorId; key: number }[];
    for (const { id, key } of rows) cache.set(id, key);
  }
  return cache;
}

/** The rows of a statement that gives them as one text. */
function rowsOf<Row>(statement: StatementSync, asked: unknown): Row[] {
  const { found } = statement.get(JSON.stringify(asked)) as { found: string };
  return JSON.parse(found) as Row[];
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
  const asked: Record<number, number[]> = {};
  for (const [deviceKey, doorIds] of ask.visits) {
    const keys: number[] = [];
    for (const doorId of doorIds) {
      const doorKey = doors.get(doorId);
      if (doorKey !== undefined) keys.push(doorKey);
    }
    if (keys.length > 0) asked[deviceKey] = keys;
  }
  return toVisits(rowsOf<VisitRow>(visits, asked));
}

/** Notes their keys in `keys`, too. */
function findPeople(
  { people }: LogStatements,
  ids: readonly PersonId[],
  keys: Map<PersonId, number>,
): Map<PersonId, KnownPerson> {
  const known = new Map<PersonId, KnownPerson>();
  if (ids.length === 0) return known;
  for (const [at, key, kind, doorKey] of rowsOf<PersonFound>(people, ids)) {
    const id = ids[at];
    if (id === undefined) continue;
    keys.set(id, key);
    known.set(id, { kind, doorKey });
  }
  return known;
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
  const doors = findDoors(sqlite, ask);
  const facts = new Map<DoorId, DoorFact[]>();
  const people = findPeople(run, ask.personIds, keys);
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
