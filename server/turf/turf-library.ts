import type { Kysely } from 'kysely';
import { type BuildingId, makeId, type TurfId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { KeepTurfSet, TurfSet, TurfSetId } from '#shared/model/turf-library.ts';
import type { StaffActor } from '../chapter/actor.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Tables } from '../store/tables.ts';

type Trx = Kysely<Tables>;

/** Of a tower whose floors were shared out, the units that were this turf's. */
export interface KeptTower {
  readonly building: BuildingId;
  readonly units: readonly string[];
}

/** The kept sets of turfs, by name. */
export async function listTurfSets(db: Pick<ChapterDb, 'read'>): Promise<TurfSet[]> {
  return db.read
    .selectFrom('turf_sets')
    .leftJoin('members', 'members.id', 'turf_sets.kept_by')
    .select(['turf_sets.id', 'turf_sets.name', 'universe_name as universeName', 'turfs'])
    .select(['buildings', 'kept_at as keptAt', 'members.name as keptBy'])
    .orderBy('turf_sets.name')
    .orderBy('turf_sets.id')
    .execute();
}

/** A turf's buildings in the order of its walk: those that are its own, and parts of towers. */
async function readBuildings(
  trx: Trx,
  turfId: TurfId,
  shared: ReadonlySet<string>,
): Promise<{ readonly buildings: readonly BuildingId[]; readonly towers: readonly KeptTower[] }> {
  const rows = await trx
    .selectFrom('turf_doors')
    .innerJoin('doors', 'doors.key', 'turf_doors.door_key')
    .innerJoin('buildings', 'buildings.key', 'doors.building_key')
    .select(['buildings.id', 'doors.unit'])
    .where('turf_doors.turf_id', '=', turfId)
    .where('turf_doors.removed_seq', 'is', null)
    .orderBy('turf_doors.position')
    .execute();
  const units = new Map<BuildingId, string[]>();
  for (const { id, unit } of rows) {
    const known = units.get(id);
    if (known === undefined) units.set(id, [unit]);
    else known.push(unit);
  }
  const all = [...units];
  return {
    buildings: all.flatMap(([id]) => (shared.has(id) ? [] : [id])),
    towers: all.flatMap(([building, units]) => (shared.has(building) ? [{ building, units }] : [])),
  };
}

/** Keeps turfs under a name: what they are called, their outlines, buildings and walks. */
export async function keepTurfSet(
  actor: StaffActor,
  wish: KeepTurfSet,
  ports: Pick<Ports, 'clock' | 'random'>,
): Promise<Result<TurfSet>> {
  const now = ports.clock();
  const name = wish.name.trim();
  if (name === '') return fail(problem('not-valid', { reason: 'the name is empty' }));
  return actor.db.write(async (trx): Promise<Result<TurfSet>> => {
    const ids = [...new Set(wish.turfIds)];
    const turfs = await trx
      .selectFrom('turfs')
      .innerJoin('universes', 'universes.id', 'turfs.universe_id')
      .select(['turfs.id', 'turfs.name', 'turfs.hue', 'turfs.outline', 'turfs.walk'])
      .select(['turfs.towers', 'universes.name as universeName'])
      .where('turfs.id', 'in', ids)
      .orderBy('turfs.created_at')
      .orderBy('turfs.id')
      .execute();
    if (turfs.length < ids.length) return fail(problem('not-found'));
    if (await isTaken(trx, name, null)) return fail(problem('turf-set-named', { name }));
    const id = makeId<TurfSetId>(now, ports.random);
    let buildings = 0;
    for (const [place, turf] of turfs.entries()) {
      const shared = new Set(JSON.parse(turf.towers ?? '[]') as string[]);
      const held = await readBuildings(trx, turf.id, shared);
      buildings += held.buildings.length + held.towers.length;
      await trx
        .insertInto('turf_set_turfs')
        .values({
          set_id: id,
          place,
          name: turf.name,
          hue: turf.hue,
          outline: turf.outline,
          walk: turf.walk,
          buildings: JSON.stringify(held.buildings),
          towers: JSON.stringify(held.towers),
        })
        .execute();
    }
    const universeName = turfs[0]?.universeName ?? '';
    await trx
      .insertInto('turf_sets')
      .values({
        id,
        name,
        universe_name: universeName,
        turfs: turfs.length,
        buildings,
        kept_by: actor.member.id,
        kept_at: now,
      })
      .execute();
    const { name: keptBy } = actor.member;
    return ok({ id, name, universeName, turfs: turfs.length, buildings, keptAt: now, keptBy });
  });
}

async function isTaken(trx: Trx, name: string, except: TurfSetId | null): Promise<boolean> {
  const other = await trx
    .selectFrom('turf_sets')
    .select('id')
    .where('name', '=', name)
    .executeTakeFirst();
  return other !== undefined && other.id !== except;
}

/** Gives a set another name. */
export function renameTurfSet(db: ChapterDb, id: TurfSetId, wished: string): Promise<Result<null>> {
  const name = wished.trim();
  return db.write(async (trx) => {
    if (name === '') return fail(problem('not-valid', { reason: 'the name is empty' }));
    if (await isTaken(trx, name, id)) return fail(problem('turf-set-named', { name }));
    const done = await trx
      .updateTable('turf_sets')
      .set({ name })
      .where('id', '=', id)
      .executeTakeFirst();
    return done.numUpdatedRows === 0n ? fail(problem('not-found')) : ok(null);
  });
}

/** Deletes a set. Turfs that were made of it stay. */
export function deleteTurfSet(db: ChapterDb, id: TurfSetId): Promise<Result<null>> {
  return db.write(async (trx) => {
    await trx.deleteFrom('turf_set_turfs').where('set_id', '=', id).execute();
    const done = await trx.deleteFrom('turf_sets').where('id', '=', id).executeTakeFirst();
    return done.numDeletedRows === 0n ? fail(problem('not-found')) : ok(null);
  });
}
