import type { Kysely } from 'kysely';
import type { TurfId, UniverseId } from '#shared/kernel/ids.ts';
import { takeSeq } from '../store/clock.ts';
import type { Tables } from '../store/tables.ts';
import { type Cut, findTaken } from './cut-doors.ts';

/** What became of a cut: how many buildings stayed with the turf that had them first. */
export interface Kept {
  readonly buildings: number;
  readonly leftWithOthers: number;
  readonly others: readonly string[];
}

interface TurfPart {
  readonly id: TurfId;
  readonly universeId: UniverseId;
}

type Trx = Kysely<Tables>;

/** Rows that one statement inserts. */
const ROWS = 500;

function inParts<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / ROWS) }, (_, part) =>
    rows.slice(part * ROWS, (part + 1) * ROWS),
  );
}

/**
 * Doors of a turf that somebody found: no universe has them, and they go where their building goes.
 * One that left with its building comes back with it, unless another turf walks it by now.
 */
async function findFound(
  trx: Trx,
  turfId: TurfId,
  doors: readonly { readonly key: number }[],
): Promise<{ readonly key: number }[]> {
  const found = await trx
    .selectFrom('turf_doors')
    .innerJoin('doors', 'doors.key', 'turf_doors.door_key')
    .select(['doors.key', 'doors.building_key as building'])
    .where('turf_doors.turf_id', '=', turfId)
    .where((where) =>
      where.or([
        where('turf_doors.removed_seq', 'is', null),
        where.not(
          where.exists(
            where
              .selectFrom('turf_doors as other')
              .innerJoin('turfs', 'turfs.id', 'other.turf_id')
              .select('other.turf_id')
              .whereRef('other.door_key', '=', 'turf_doors.door_key')
              .where('other.turf_id', '<>', turfId)
              .where('other.removed_seq', 'is', null)
              .where('turfs.closed_at', 'is', null),
          ),
        ),
      ]),
    )
    .where((where) =>
      where.exists(
        where
          .selectFrom('ops')
          .select('ops.seq')
          .whereRef('ops.door_key', '=', 'turf_doors.door_key')
          .where('ops.type', '=', 'door'),
      ),
    )
    .orderBy('turf_doors.position')
    .execute();
  if (found.length === 0) return [];
  const buildings = new Set<number>();
  for (const part of inParts(doors)) {
    const rows = await trx
      .selectFrom('doors')
      .select('building_key')
      .distinct()
      .where(
        'key',
        'in',
        part.map((door) => door.key),
      )
      .execute();
    for (const row of rows) buildings.add(row.building_key);
  }
  const there = new Set(doors.map(({ key }) => key));
  return found.filter(({ key, building }) => buildings.has(building) && !there.has(key));
}

/**
 * Sets the doors that a turf holds from this moment of the log on; those that leave keep a row. What
 * was found on the way stays where its building stays.
 */
export async function replaceDoors(
  trx: Trx,
  turfId: TurfId,
  listed: readonly { readonly key: number }[],
  now: number,
): Promise<void> {
  const seq = await takeSeq(trx, 1);
  const doors = [...listed, ...(await findFound(trx, turfId, listed))];
  const stays = new Set(doors.map((door) => door.key));
  const known = await trx
    .selectFrom('turf_doors')
    .select(['door_key', 'removed_seq'])
    .where('turf_id', '=', turfId)
    .execute();
  const leaves = known.filter((row) => row.removed_seq === null && !stays.has(row.door_key));
  for (const part of inParts(leaves)) {
    await trx
      .updateTable('turf_doors')
      .set({ removed_seq: seq, removed_at: now })
      .where('turf_id', '=', turfId)
      .where(
        'door_key',
        'in',
        part.map((row) => row.door_key),
      )
      .execute();
  }
  const rows = doors.map((door, index) => ({
    turf_id: turfId,
    door_key: door.key,
    position: index + 1,
    added_seq: seq,
    added_at: now,
  }));
  const back = new Set(known.flatMap((row) => (row.removed_seq === null ? [] : [row.door_key])));
  for (const part of inParts(rows)) {
    await trx
      .insertInto('turf_doors')
      .values(part)
      .onConflict((conflict) =>
        conflict.columns(['turf_id', 'door_key']).doUpdateSet((row) => ({
          position: row.ref('excluded.position'),
          removed_seq: null,
          removed_at: null,
        })),
      )
      .execute();
  }
  // A door that comes back keeps the time at which it first came: facts from then still fit.
  const returning = rows.map((row) => row.door_key).filter((key) => back.has(key));
  for (const part of inParts(returning)) {
    await trx
      .updateTable('turf_doors')
      .set({ added_seq: seq })
      .where('turf_id', '=', turfId)
      .where('door_key', 'in', part)
      .execute();
  }
}

/** Sets whom to ask for in a turf. */
export async function replaceTargets(
  trx: Trx,
  turfId: TurfId,
  people: readonly { readonly personKey: number }[],
): Promise<void> {
  await trx.deleteFrom('turf_targets').where('turf_id', '=', turfId).execute();
  const targets = people.map(({ personKey }) => ({ turf_id: turfId, person_key: personKey }));
  for (const part of inParts(targets)) {
    await trx.insertInto('turf_targets').values(part).execute();
  }
}

/**
 * Writes which doors a turf holds, in walk order, and the people asked for behind them. A building
 * that another turf of the universe holds stays there. Each change is a moment of the chapter's log,
 * so that it is known of every fact whether its door was in the turf (P8).
 */
export async function writeDoors(trx: Trx, turf: TurfPart, cut: Cut, now: number): Promise<Kept> {
  const taken = await findTaken(trx, turf.universeId, turf.id);
  const free = cut.doors.filter((door) => !taken.has(door.buildingKey));
  const people = cut.targets.filter((target) => !taken.has(target.buildingKey));
  await replaceDoors(trx, turf.id, free, now);
  await replaceTargets(trx, turf.id, people);
  const left = new Set(cut.doors.map((door) => door.buildingKey).filter((key) => taken.has(key)));
  return {
    buildings: new Set(free.map((door) => door.buildingKey)).size,
    leftWithOthers: left.size,
    others: [...new Set([...left].map((key) => taken.get(key) ?? ''))].sort(),
  };
}
