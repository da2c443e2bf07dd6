import type { Kysely } from 'kysely';
import type { TurfId, UniverseId } from '#shared/kernel/ids.ts';
import { problem, type Problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { KeepPlan, KeepTurf, KeptPlan, PlanSize } from '#shared/model/turf-plan.ts';
import type { Turf } from '#shared/model/turf.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Tables } from '../store/tables.ts';
import { ensureUniverseRows } from '../store/universe-rows.ts';
import { checkPlanOutlines } from './check-plan-outlines.ts';
import { listTurfs } from './list-turfs.ts';
import { haveDoors, markTurfs, readNamed, removalProblem, stepFor } from './plan-rows.ts';
import { type PlanOf, type ResolvedPlan, resolvePlan } from './resolve-plan.ts';
import { findUniverse } from './universes.ts';
import {
  dropAbandoned,
  dropUnseen,
  hideTurfs,
  isTooMuch,
  showTurfs,
  stageTurfs,
} from './stage-turfs.ts';
import { type PlanOwner, type PlanParts, readSame, writePlan } from './write-plan.ts';
import { Refused, writeOrRefuse } from './write-or-refuse.ts';

interface Means extends Pick<Ports, 'clock'> {
  /** Rows for which others may wait, where it is not what they usually do. */
  readonly rowsAtOnce?: number;
}

/** So often a plan is made ready again because other turfs of the universe changed meanwhile. */
const TRIES = 5;

/**
 * Keeps what changed in a plan of a universe, all of it or nothing. Everything is found and checked
 * before, and much of it written unseen; the transaction in which it comes to be looks only whether
 * any turf of the universe has changed since, so that whoever pushes does not wait for a city. Problems: `not-found`, `turf-taken-over` and
 * `turf-fixed` with the turf's name, `building-in-two-turfs`, `turf-too-large`, `outline-off-map`,
 * `turf-twice`.
 */
export async function keepPlan(
  db: ChapterDb,
  universeId: UniverseId,
  wish: KeepPlan,
  means: Means,
): Promise<Result<KeptPlan>> {
  const ids = [...wish.turfs, ...wish.removed].map(({ id }) => id);
  if (new Set(ids).size < ids.length) return fail(problem('turf-twice'));
  const outlines = checkPlanOutlines(wish.turfs);
  if (outlines !== null) return fail(outlines);
  await ensureUniverseRows(db);
  await dropAbandoned(db, ids, means.clock());
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const done = await tryPlan(db, universeId, wish, means);
    if (!done.ok) return done;
    if (done.value === null) continue;
    if (wish.size !== undefined) await keepSize(db, universeId, wish.size);
    const turfs = await listTurfs(db, ids.slice(0, wish.turfs.length), means.clock());
    const byId = new Map(turfs.map((turf) => [turf.id, turf]));
    const inOrder = wish.turfs.flatMap(({ id }): Turf[] => {
      const turf = byId.get(id);
      return turf === undefined ? [] : [turf];
    });
    return ok({ turfs: inOrder, leftOut: done.value.leftOut });
  }
  return fail(problem('version-changed'));
}

/** Notes the size of a plan that is kept; one that is there already is not written again. */
async function keepSize(db: ChapterDb, universeId: UniverseId, size: PlanSize): Promise<void> {
  const text = JSON.stringify(size);
  await db.write((trx) =>
    trx
      .updateTable('universes')
      .set({ plan_size: text })
      .where('id', '=', universeId)
      .where((of) => of.or([of('plan_size', 'is', null), of('plan_size', '<>', text)]))
      .execute(),
  );
}

/** Null when turfs of the universe changed between looking and writing. */
async function tryPlan(
  db: ChapterDb,
  universeId: UniverseId,
  wish: KeepPlan,
  means: Means,
): Promise<Result<ResolvedPlan | null>> {
  const universe = await findUniverse(db, universeId);
  if (universe === null) return fail(problem('not-found'));
  const mark = await markTurfs(db.read, universeId);
  const rows = await readNamed(db.read, wish);
  const writes: KeepTurf[] = [];
  const sentBefore: KeepTurf[] = [];
  for (const turf of wish.turfs) {
    const step = stepFor(rows.get(turf.id), turf, universeId);
    if (step === 'write') writes.push(turf);
    else if (step === 'maybe-kept') sentBefore.push(turf);
    else return fail(step);
  }
  const removed: TurfId[] = [];
  for (const { id, version } of wish.removed) {
    const row = rows.get(id);
    const refused = removalProblem(row, version, universeId);
    if (refused !== null) return fail(refused);
    if (row !== undefined) removed.push(id);
  }
  const of = { universeId, question: universe.question };
  const refused = await refuseIfOther(db, of, sentBefore);
  if (refused !== null) return fail(refused);
  const gone = new Set([...writes.map(({ id }) => id), ...removed]);
  const resolved = await resolvePlan(db, of, writes, gone);
  if (!resolved.ok || gone.size === 0) return resolved;
  const { turfs } = resolved.value;
  const written = await writeInTurns(
    db,
    universeId,
    { mark, removed, turfs },
    means.clock(),
    means.rowsAtOnce,
  );
  if (!written.ok) return written;
  return written.value ? resolved : ok(null);
}

interface ReadyPlan extends PlanParts {
  /** How the universe's turfs were when all was checked. */
  readonly mark: string;
}

/**
 * Writes what was found, all of it at one moment; false, and nothing, when turfs of the universe have
 * changed. What is too much for one turn is written unseen before, and taken down after.
 */
async function writeInTurns(
  db: ChapterDb,
  universeId: UniverseId,
  { mark, removed, turfs }: ReadyPlan,
  now: number,
  most: number | undefined,
): Promise<Result<boolean>> {
  const owner = await readOwner(db.read, universeId);
  if (owner === null) return fail(problem('not-found'));
  // Before anybody waits: where a turf has changed since, nothing of this is written.
  const same = await readSame(db.read, turfs);
  const staged = isTooMuch(turfs, removed.length, most);
  const fresh = staged ? turfs.filter(({ wish }) => wish.version === 0) : [];
  const ids = fresh.map(({ wish }) => wish.id);
  await stageTurfs(db, owner, fresh, now, most);
  const written = await writeOrRefuse(db, async (trx) => {
    if ((await readOwner(trx, universeId)) === null) throw new Refused(problem('not-found'));
    if ((await markTurfs(trx, universeId)) !== mark) return false;
    if (!staged) {
      await writePlan(trx, owner, { removed, turfs }, same, now);
      return true;
    }
    const rest = turfs.filter(({ wish }) => wish.version > 0);
    await writePlan(trx, owner, { removed: [], turfs: rest }, same, now);
    await hideTurfs(trx, removed, now);
    await showTurfs(trx, ids);
    return true;
  });
  if (staged) await dropUnseen(db, written.ok && written.value ? removed : ids);
  return written;
}

async function readOwner(db: Kysely<Tables>, universeId: UniverseId): Promise<PlanOwner | null> {
  const row = await db
    .selectFrom('universes')
    .select('campaign_id as campaignId')
    .where('id', '=', universeId)
    .executeTakeFirst();
  return row === undefined ? null : { universeId, ...row };
}

/** What looks as if it had been sent before has to have the same doors too. */
async function refuseIfOther(
  db: ChapterDb,
  of: PlanOf,
  turfs: readonly KeepTurf[],
): Promise<Problem | null> {
  if (turfs.length === 0) return null;
  const resolved = await resolvePlan(db, of, turfs, new Set(turfs.map(({ id }) => id)));
  if (!resolved.ok) return resolved.problem;
  if (await haveDoors(db.read, resolved.value.turfs)) return null;
  return problem('turf-taken-over', { turf: turfs.map(({ name }) => name).join(', ') });
}
