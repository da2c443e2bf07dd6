import type { Kysely } from 'kysely';
import type { BuildingId, DoorId, TurfId, UniverseId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Turf } from '#shared/model/turf.ts';
import type { WalkWish } from '#shared/model/turf-walk.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Tables } from '../store/tables.ts';
import { readTurf } from './list-turfs.ts';
import { walkOnStreets } from './order-on-streets.ts';
import { findRow } from './turfs.ts';
import { type Question, readMembers } from './universe-members.ts';
import { findUniverse } from './universes.ts';
import { replaceDoors, replaceTargets } from './write-doors.ts';
import { Refused, writeOrRefuse } from './write-or-refuse.ts';

/** Doors asked about in one query. */
const DOORS = 500;

interface Frozen {
  readonly doors: readonly { readonly key: number }[];
  readonly people: readonly { readonly personKey: number; readonly door: number }[];
  /** Of the walk past all of them. */
  readonly metres: number | null;
}

/**
 * Freezes the doors, people and positions of a draft: at the buildings that it holds, whoever the
 * universe has there now; of a tower that was shared out, its own units alone. What another open turf of
 * the universe has come to hold stays there. The outline has no say.
 */
export async function publishTurf(
  db: ChapterDb,
  id: TurfId,
  seen: number | null,
  means: Pick<Ports, 'clock'>,
): Promise<Result<Turf>> {
  const before = await findRow(db.read, id);
  if (before === undefined) return fail(problem('not-found'));
  const now = means.clock();
  if (before.state === 'published') return ok(await readTurf(db, id, now));
  const universe = await findUniverse(db, before.universe_id);
  if (universe === null) return fail(problem('not-found'));
  const towers = new Set(before.towers === null ? [] : (JSON.parse(before.towers) as BuildingId[]));
  const walk = before.walk === null ? undefined : (JSON.parse(before.walk) as WalkWish);
  const frozen = await freeze(db, id, universe.question, towers, walk);
  const done = await writeOrRefuse(db, async (trx) => {
    const row = await findRow(trx, id);
    if (row === undefined) throw new Refused(problem('not-found'));
    // The doors were found for the turf as it stood before this transaction.
    const changed = row.version !== before.version || (seen !== null && row.version !== seen);
    if (changed) throw new Refused(problem('version-changed'));
    const taken = await findTaken(trx, row, frozen.doors);
    const doors = frozen.doors.filter(({ key }) => !taken.has(key));
    if (doors.length === 0) throw new Refused(problem('turf-empty'));
    await replaceDoors(trx, id, doors, now);
    await replaceTargets(
      trx,
      id,
      frozen.people.filter(({ door }) => !taken.has(door)),
    );
    await trx
      .updateTable('turfs')
      .set({
        state: 'published',
        version: row.version + 1,
        published_at: now,
        on_foot: taken.size === 0 ? frozen.metres : null,
      })
      .where('id', '=', id)
      .execute();
  });
  return done.ok ? ok(await readTurf(db, id, now)) : done;
}

/** Those of these doors that another open turf of the universe holds. */
async function findTaken(
  trx: Kysely<Tables>,
  turf: { readonly id: TurfId; readonly universe_id: UniverseId },
  doors: Frozen['doors'],
): Promise<ReadonlySet<number>> {
  const taken = new Set<number>();
  for (let from = 0; from < doors.length; from += DOORS) {
    const keys = doors.slice(from, from + DOORS).map(({ key }) => key);
    const rows = await trx
      .selectFrom('turf_doors')
      .innerJoin('turfs', 'turfs.id', 'turf_doors.turf_id')
      .select('turf_doors.door_key')
      .where('turf_doors.door_key', 'in', keys)
      .where('turf_doors.removed_seq', 'is', null)
      .where('turfs.universe_id', '=', turf.universe_id)
      .where('turfs.closed_at', 'is', null)
      .where('turfs.id', '!=', turf.id)
      .execute();
    for (const row of rows) taken.add(row.door_key);
  }
  return taken;
}

async function freeze(
  db: ChapterDb,
  id: TurfId,
  question: Question,
  towers: ReadonlySet<BuildingId>,
  walk: WalkWish | undefined,
): Promise<Frozen> {
  const held = await db.read
    .selectFrom('turf_doors')
    .innerJoin('doors', 'doors.key', 'turf_doors.door_key')
    .select(['doors.id', 'doors.building_key as building'])
    .where('turf_doors.turf_id', '=', id)
    .where('turf_doors.removed_seq', 'is', null)
    .execute();
  const own = new Set<DoorId>(held.map((door) => door.id));
  const keys = [...new Set(held.map(({ building }) => building))];
  const members = await readMembers(db, question, keys);
  if (members.size === 0) return { doors: [], people: [], metres: null };
  const buildings = await db.read
    .selectFrom('buildings')
    .selectAll()
    .where('key', 'in', [...members.keys()])
    .orderBy('key')
    .execute();
  const doors = buildings.flatMap((building) =>
    (members.get(building.key) ?? [])
      .filter((door) => !towers.has(building.id) || own.has(door.id))
      .map((door) => ({ ...door, buildingId: building.id })),
  );
  const people = doors.flatMap((door) =>
    door.people.map((personKey) => ({ personKey, door: door.key })),
  );
  return { ...(await walkOnStreets(db, doors, buildings, walk)), people };
}
