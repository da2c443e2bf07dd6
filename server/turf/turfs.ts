import type { Kysely } from 'kysely';
import { makeId, type TurfId, type UniverseId } from '#shared/kernel/ids.ts';
import { problem, type Problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Polygon } from '#shared/model/geojson.ts';
import type { ChangeTurf, CutTurf, MakeTurf } from '#shared/model/turf.ts';
import { checkOutline } from '#shared/turf/check-outline.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Tables } from '../store/tables.ts';
import { type Cut, cutDoors } from './cut-doors.ts';
import { readTurf } from './list-turfs.ts';
import { UNSEEN } from './stage-turfs.ts';
import { findUniverse } from './universes.ts';
import { type Kept, writeDoors } from './write-doors.ts';
import { Refused, writeOrRefuse } from './write-or-refuse.ts';

type Means = Pick<Ports, 'clock' | 'random'>;

const HUES = 12;
const UNTOUCHED: Kept = { buildings: 0, leftWithOthers: 0, others: [] };

/** Everything inside is another turf's: nothing to make a turf of, and worth saying so. */
function refuseIfAllTaken(kept: Kept): Problem | null {
  if (kept.buildings > 0 || kept.leftWithOthers === 0) return null;
  return problem('building-in-two-turfs', { turfs: kept.others.join(', ') });
}

async function nextHue(trx: Kysely<Tables>, universeId: UniverseId): Promise<number> {
  const last = await trx
    .selectFrom('turfs')
    .select('hue')
    .where('universe_id', '=', universeId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  return last === undefined ? 0 : (last.hue + 1) % HUES;
}

/** A draft with the universe's doors inside the outline that no other turf of it holds. */
export async function makeTurf(
  db: ChapterDb,
  wish: MakeTurf,
  means: Means,
): Promise<Result<CutTurf>> {
  const universe = await findUniverse(db, wish.universeId);
  if (universe === null) return fail(problem('not-found'));
  const outline = checkOutline(wish.outline);
  if (!outline.ok) return outline;
  const cut = await cutDoors(db, universe, outline.value, null);
  if (!cut.ok) return cut;
  const now = means.clock();
  const id = makeId<TurfId>(now, means.random);
  const kept = await writeOrRefuse(db, async (trx) => {
    const parent = await trx
      .selectFrom('universes')
      .select('campaign_id')
      .where('id', '=', universe.id)
      .executeTakeFirst();
    if (parent === undefined) throw new Refused(problem('not-found'));
    await trx
      .insertInto('turfs')
      .values({
        id,
        campaign_id: parent.campaign_id,
        universe_id: universe.id,
        name: wish.name,
        hue: await nextHue(trx, universe.id),
        state: 'draft',
        version: 1,
        outline: JSON.stringify(outline.value),
        created_at: now,
        published_at: null,
      })
      .execute();
    const kept = await writeDoors(trx, { id, universeId: universe.id }, cut.value, now);
    const refusal = refuseIfAllTaken(kept);
    if (refusal !== null) throw new Refused(refusal);
    return kept;
  });
  if (!kept.ok) return kept;
  const { leftWithOthers } = kept.value;
  return ok({ ...(await readTurf(db, id, now)), leftWithOthers });
}

interface Plan {
  readonly outline: Polygon | null;
  readonly cut: Cut | null;
}

/** What an outline holds, found before the writing so that nobody waits for it. */
async function planCut(
  db: ChapterDb,
  turf: { readonly id: TurfId; readonly universe_id: UniverseId },
  wished: Polygon | null,
): Promise<Result<Plan>> {
  if (wished === null) return ok({ outline: null, cut: null });
  const universe = await findUniverse(db, turf.universe_id);
  if (universe === null) return fail(problem('not-found'));
  const outline = checkOutline(wished);
  if (!outline.ok) return outline;
  const cut = await cutDoors(db, universe, outline.value, turf.id);
  return cut.ok ? ok({ outline: outline.value, cut: cut.value }) : cut;
}

/** A turf's row; undefined: it is not there, or nobody sees it. */
export async function findRow(db: Kysely<Tables>, id: TurfId) {
  const row = await db.selectFrom('turfs').selectAll().where('id', '=', id).executeTakeFirst();
  return row?.closed_at === UNSEEN ? undefined : row;
}

/**
 * A new name, a new outline, or both, over the version that the writer saw. A published turf keeps its
 * doors: it takes a name alone, and phones that hold it see that at their next pull. Problems:
 * not-found, version-changed, turf-closed and turf-fixed for an outline, those of cutDoors.
 */
export async function changeTurf(
  db: ChapterDb,
  id: TurfId,
  wish: ChangeTurf,
  seen: number,
  means: Means,
): Promise<Result<CutTurf>> {
  const before = await findRow(db.read, id);
  if (before === undefined) return fail(problem('not-found'));
  const plan = await planCut(db, before, wish.outline ?? null);
  if (!plan.ok) return plan;
  const { outline, cut } = plan.value;
  const kept = await writeOrRefuse(db, async (trx) => {
    const row = await findRow(trx, id);
    if (row === undefined) throw new Refused(problem('not-found'));
    if (row.version !== seen) throw new Refused(problem('version-changed'));
    // Phones may be out with it, and its doors are the next pass's.
    if (outline !== null && row.closed_at !== null) throw new Refused(problem('turf-closed'));
    if (outline !== null && row.state === 'published') {
      throw new Refused(problem('turf-fixed', { turf: row.name }));
    }
    await trx
      .updateTable('turfs')
      .set({
        name: wish.name ?? row.name,
        outline: outline === null ? row.outline : JSON.stringify(outline),
        // What a cut said is of other doors, and an outline takes buildings whole.
        about: outline === null ? row.about : null,
        towers: outline === null ? row.towers : null,
        on_foot: outline === null ? row.on_foot : null,
        version: row.version + 1,
      })
      .where('id', '=', id)
      .execute();
    if (cut === null) return UNTOUCHED;
    const kept = await writeDoors(trx, { id, universeId: row.universe_id }, cut, means.clock());
    const refusal = refuseIfAllTaken(kept);
    if (refusal !== null) throw new Refused(refusal);
    return kept;
  });
  if (!kept.ok) return kept;
  const { leftWithOthers } = kept.value;
  return ok({ ...(await readTurf(db, id, means.clock())), leftWithOthers });
}

/**
 * Deletes a turf that nobody has walked or holds. One that was ever handed out stays: a phone with no
 * signal may come home with its knocks, and without the turf they would belong to nobody's scope.
 */
export function deleteTurf(db: ChapterDb, id: TurfId): Promise<Result<null>> {
  return writeOrRefuse(db, async (trx) => {
    if ((await findRow(trx, id)) === undefined) throw new Refused(problem('not-found'));
    const bodies = await trx
      .selectFrom('ops')
      .innerJoin('turf_doors', 'turf_doors.door_key', 'ops.door_key')
      .select('ops.body')
      .where('turf_doors.turf_id', '=', id)
      .execute();
    const walked = bodies.some(
      (row) => (JSON.parse(row.body) as { scopeId: string }).scopeId === id,
    );
    if (walked) throw new Refused(problem('turf-walked'));
    const handedOut = await trx
      .selectFrom('assignments')
      .select('turf_id')
      .where('turf_id', '=', id)
      .executeTakeFirst();
    if (handedOut !== undefined || (await wasHandedOver(trx, id))) {
      throw new Refused(problem('turf-handed-out'));
    }
    await trx.deleteFrom('invites').where('turf_id', '=', id).execute();
    await trx.deleteFrom('turfs').where('id', '=', id).execute();
    return null;
  });
}

/** True of a turf that somebody took as codes or a file: no phone has told of it yet, and one may. */
async function wasHandedOver(trx: Kysely<Tables>, id: TurfId): Promise<boolean> {
  const launches = await trx
    .selectFrom('audit')
    .select('details')
    .where('kind', '=', 'turf-launched')
    .where('subject', '=', id)
    .execute();
  return launches.some(
    ({ details }) => (JSON.parse(details) as { readonly way?: string }).way === 'handed',
  );
}

export async function hasTurf(db: ChapterDb, id: TurfId): Promise<boolean> {
  return (await findRow(db.read, id)) !== undefined;
}
