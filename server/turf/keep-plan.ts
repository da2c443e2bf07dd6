import type { TurfId, UniverseId } from '#shared/kernel/ids.ts';
import { problem, type Problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { KeepPlan, KeepTurf, KeptPlan, PlanSize } from '#shared/model/turf-plan.ts';
import type { Turf } from '#shared/model/turf.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { ensureUniverseRows } from '../store/universe-rows.ts';
import { checkPlanOutlines } from './check-plan-outlines.ts';
import { listTurfs } from './list-turfs.ts';
import { haveDoors, markTurfs, readNamed, removalProblem, stepFor } from './plan-rows.ts';
import { type PlanOf, type ResolvedPlan, resolvePlan } from './resolve-plan.ts';
import { findUniverse } from './universes.ts';
import { dropAbandoned } from './stage-turfs.ts';
import { writeInTurns } from './write-in-turns.ts';

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
    { universeId, mark, removed, turfs },
    { now: means.clock(), rowsAtOnce: means.rowsAtOnce },
  );
  if (!written.ok) return written;
  return written.value ? resolved : ok(null);
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
