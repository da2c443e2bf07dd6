import { type Kysely, sql } from 'kysely';
import { makeId, type TurfId, type UniverseId } from '#shared/kernel/ids.ts';
import { problem, type Problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { MultiPolygon, Polygon } from '#shared/model/geojson.ts';
import type { TurfAbout } from '#shared/model/turf-plan.ts';
import type { ChangeTurf, CutTurf, MakeTurf, Turf } from '#shared/model/turf.ts';
import { checkOutline } from '#shared/turf/check-outline.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Tables } from '../store/tables.ts';
import { type Cut, cutDoors } from './cut-doors.ts';
import { findHolders, tallyTurf } from './turf-states.ts';
import { findUniverse } from './universes.ts';
import { type Kept, writeDoors } from './write-doors.ts';

type Outline = Polygon | MultiPolygon;
type Means = Pick<Ports, 'clock' | 'random'>;

const HUES = 12;
const UNTOUCHED: Kept = { buildings: 0, leftWithOthers: 0, others: [] };

/** Who lives in a turf, counted by turf. */
async function countPeople(db: ChapterDb): Promise<ReadonlyMap<TurfId, number>> {
  const rows = await db.read
    .selectFrom('turf_targets')
    .leftJoin('merged_people as same', 'same.person_key', 'turf_targets.person_key')
    .select([
      'turf_id as id',
      sql<number>`count(distinct coalesce(same.face_key, turf_targets.person_key))`.as('people'),
    ])
    .groupBy('turf_id')
    .execute();
  return new Map(rows.map((row) => [row.id, row.people]));
}

/** The open turfs of a universe, or all there ever were, oldest first. */
export async function listTurfs(
  db: ChapterDb,
  universeId: UniverseId | null,
  now: number,
): Promise<Turf[]> {
  let query = db.read.selectFrom('turfs').selectAll().orderBy('created_at').orderBy('id');
  if (universeId !== null) {
    query = query.where('universe_id', '=', universeId).where('closed_at', 'is', null);
  }
  const rows = await query.execute();
  const people = await countPeople(db);
  const holders = await findHolders(db, now);
  const turfs: Turf[] = [];
  for (const row of rows) {
    const tally = await tallyTurf(db, row.id);
    turfs.push({
      id: row.id,
      universeId: row.universe_id,
      name: row.name,
      hue: row.hue,
      state: row.state,
      version: row.version,
      outline: JSON.parse(row.outline) as Outline,
      about: row.about === null ? null : (JSON.parse(row.about) as TurfAbout),
      doors: tally.doors,
      people: people.get(row.id) ?? 0,
      publishedAt: row.published_at,
      tally,
      holders: holders.get(row.id) ?? [],
    });
  }
  return turfs;
}

async function readTurf(db: ChapterDb, id: TurfId, now: number): Promise<Turf> {
  const turf = (await listTurfs(db, null, now)).find((one) => one.id === id);
  if (turf === undefined) throw new Error('The turf is gone.');
  return turf;
}

/** Everything inside is another turf's: nothing to make a turf of, and worth saying so. */
function refuseIfAllTaken(kept: Kept): Problem | null {
  if (kept.buildings > 0 || kept.leftWithOthers === 0) return null;
  return problem('building-in-two-turfs', { turfs: kept.others.join(', ') });
}

/** A refusal that takes back what its transaction has written so far. */
class Refused extends Error {
  readonly problem: Problem;
  constructor(found: Problem) {
    super(found.code);
    this.problem = found;
  }
}

async function writeOrRefuse<T>(
  db: ChapterDb,
  work: (trx: Kysely<Tables>) => Promise<T>,
): Promise<Result<T>> {
  try {
    return ok(await db.write(work));
  } catch (error) {
    if (error instanceof Refused) return fail(error.problem);
    throw error;
  }
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

function findRow(db: Kysely<Tables>, id: TurfId) {
  return db.selectFrom('turfs').selectAll().where('id', '=', id).executeTakeFirst();
}

/**
 * A new name, a new outline, or both, over the version that the writer saw. Phones that hold a
 * published turf see the new version at their next pull and fetch it whole.
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
    await trx
      .updateTable('turfs')
      .set({
        name: wish.name ?? row.name,
        outline: outline === null ? row.outline : JSON.stringify(outline),
        version: row.version + 1,
      })
      .where('id', '=', id)
      .execute();
    if (cut === null) return UNTOUCHED;
    const kept = await writeDoors(trx, { id, universeId: row.universe_id }, cut, means.clock());
    const refusal = refuseIfAllTaken(kept);
    if (refusal !== null) throw new Refused(refusal);
    if (kept.buildings === 0 && row.state === 'published') {
      throw new Refused(problem('turf-empty'));
    }
    return kept;
  });
  if (!kept.ok) return kept;
  const { leftWithOthers } = kept.value;
  return ok({ ...(await readTurf(db, id, means.clock())), leftWithOthers });
}

/** Freezes the doors, people and positions of a draft as they are in the roll now. */
export async function publishTurf(
  db: ChapterDb,
  id: TurfId,
  seen: number | null,
  means: Means,
): Promise<Result<Turf>> {
  const before = await findRow(db.read, id);
  if (before === undefined) return fail(problem('not-found'));
  const now = means.clock();
  if (before.state === 'published') return ok(await readTurf(db, id, now));
  const plan = await planCut(db, before, JSON.parse(before.outline) as Polygon);
  if (!plan.ok) return plan;
  const { cut } = plan.value;
  const done = await writeOrRefuse(db, async (trx) => {
    const row = await findRow(trx, id);
    if (row === undefined) throw new Refused(problem('not-found'));
    // The doors were found for the outline as it stood before this transaction.
    const changed = row.outline !== before.outline || (seen !== null && row.version !== seen);
    if (changed) throw new Refused(problem('version-changed'));
    if (row.state === 'published' || cut === null) return;
    const kept = await writeDoors(trx, { id, universeId: row.universe_id }, cut, now);
    if (kept.buildings === 0) throw new Refused(refuseIfAllTaken(kept) ?? problem('turf-empty'));
    await trx
      .updateTable('turfs')
      .set({ state: 'published', version: row.version + 1, published_at: now })
      .where('id', '=', id)
      .execute();
  });
  return done.ok ? ok(await readTurf(db, id, now)) : done;
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
    if (handedOut !== undefined) throw new Refused(problem('turf-handed-out'));
    await trx.deleteFrom('invites').where('turf_id', '=', id).execute();
    await trx.deleteFrom('turfs').where('id', '=', id).execute();
    return null;
  });
}

export async function hasTurf(db: ChapterDb, id: TurfId): Promise<boolean> {
  return (await findRow(db.read, id)) !== undefined;
}
