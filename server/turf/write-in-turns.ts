import type { Kysely } from 'kysely';
import type { UniverseId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { takeSeq } from '../store/clock.ts';
import type { Tables } from '../store/tables.ts';
import { markTurfs } from './plan-rows.ts';
import type { ResolvedTurf } from './resolve-plan.ts';
import { dropUnseen, hideTurfs, isTooMuch, showTurfs, stageTurfs } from './stage-turfs.ts';
import { Refused, writeOrRefuse } from './write-or-refuse.ts';
import {
  oldOf,
  type PlanOwner,
  type PlanParts,
  readSame,
  replaceDoors,
  updateTurfs,
  writePlan,
} from './write-plan.ts';

type Trx = Kysely<Tables>;

/** Takes back what was written ahead. */
class Changed extends Error {}

/** A plan that was found and checked. */
interface ReadyPlan extends PlanParts {
  readonly universeId: UniverseId;
  /** How the universe's turfs were when all was checked. */
  readonly mark: string;
}

interface When {
  readonly now: number;
  /** Rows for which others may wait, where it is not what they usually do. */
  readonly rowsAtOnce: number | undefined;
}

/**
 * Writes what was found, all of it at one moment; false, and nothing, when turfs of the universe have
 * changed. What is too much for one turn is written unseen before, and taken down after.
 */
export async function writeInTurns(
  db: ChapterDb,
  { universeId, mark, removed, turfs }: ReadyPlan,
  { now, rowsAtOnce: most }: When,
): Promise<Result<boolean>> {
  const owner = await readOwner(db.read, universeId);
  if (owner === null) return fail(problem('not-found'));
  // Before anybody waits: where a turf has changed since, nothing of this is written.
  const same = await readSame(db.read, turfs);
  const unlessChanged = async (trx: Trx, write: () => Promise<void>): Promise<boolean> => {
    if ((await readOwner(trx, universeId)) === null) throw new Refused(problem('not-found'));
    if ((await markTurfs(trx, universeId)) !== mark) return false;
    await write();
    return true;
  };
  if (!isTooMuch(turfs, removed.length, most)) {
    return writeOrRefuse(db, (trx) =>
      unlessChanged(trx, () => writePlan(trx, owner, { removed, turfs }, same, now)),
    );
  }
  const old = oldOf(turfs);
  const fresh = turfs.filter(({ wish }) => wish.version === 0);
  const ids = fresh.map(({ wish }) => wish.id);
  await stageTurfs(db, owner, fresh, now, most);
  const turnOver = async (trx: Trx): Promise<void> => {
    await updateTurfs(trx, old, same);
    await hideTurfs(trx, removed, now);
    await showTurfs(trx, ids);
  };
  const others = old.filter(({ wish }) => !same.all.has(wish.id));
  const ahead = isTooMuch(others, 0, most)
    ? await writeAhead(db, others, now, (trx) => unlessChanged(trx, () => turnOver(trx)))
    : null;
  const written =
    ahead ??
    (await writeOrRefuse(db, (trx) =>
      unlessChanged(trx, async () => {
        const seq = others.length === 0 ? 0 : await takeSeq(trx, 1);
        await replaceDoors(trx, others, { now, seq });
        await turnOver(trx);
      }),
    ));
  await dropUnseen(db, written.ok && written.value ? removed : ids);
  return written;
}

/**
 * Gives turfs other doors while others write, and ends with `work` in a turn of its own; null where
 * that cannot be. Only drafts are written so: whoever pushes has nothing to do with their doors.
 */
async function writeAhead(
  db: ChapterDb,
  turfs: readonly ResolvedTurf[],
  now: number,
  work: (trx: Trx) => Promise<boolean>,
): Promise<Result<boolean> | null> {
  if (db.engine !== 'postgres') return null;
  const seq = await db.write((trx) => takeSeq(trx, 1));
  try {
    const done = await db.writeAhead(
      (trx) => replaceDoors(trx, turfs, { now, seq }),
      async (trx) => {
        if (!(await work(trx))) throw new Changed();
      },
    );
    return done === null ? null : ok(true);
  } catch (error) {
    if (error instanceof Changed) return ok(false);
    if (error instanceof Refused) return fail(error.problem);
    throw error;
  }
}

async function readOwner(db: Trx, universeId: UniverseId): Promise<PlanOwner | null> {
  const row = await db
    .selectFrom('universes')
    .select('campaign_id as campaignId')
    .where('id', '=', universeId)
    .executeTakeFirst();
  return row === undefined ? null : { universeId, ...row };
}
