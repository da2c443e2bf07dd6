import { type Kysely, sql } from 'kysely';
import type { UniverseId } from '#shared/kernel/ids.ts';
import { problem, ProblemError } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { PlanSize } from '#shared/model/turf-plan.ts';
import type { AskedSteps, Universe, UniverseQuestion } from '#shared/model/universe.ts';
import { asksFor } from '#shared/universe/asked-universes.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Tables } from '../store/tables.ts';
import { askUniverse, keptPeople, readSavedSteps } from './ask-universe.ts';
import { ABANDONED_MS, UNSEEN } from './stage-turfs.ts';

export { saveUniverse } from './save-universe.ts';

function selectUniverses(db: Kysely<Tables>) {
  return db
    .selectFrom('universes')
    .select(['id', 'name', 'question', 'people', 'doors', 'version'])
    .select(['frozen_at as frozenAt', 'plan_size as planSize'])
    .select(
      sql<number>`(select count(*) from turfs where turfs.universe_id = universes.id
        and coalesce(turfs.closed_at, 1) <> ${UNSEEN})`.as('turfs'),
    );
}

type Row = Awaited<ReturnType<ReturnType<typeof selectUniverses>['execute']>>[number];

function toUniverse(row: Row): Universe {
  return {
    ...row,
    question: JSON.parse(row.question) as UniverseQuestion,
    planSize: row.planSize === null ? null : (JSON.parse(row.planSize) as PlanSize),
  };
}

/** The saved questions, oldest first, each with its people and doors as of its saving. */
export async function listUniverses(db: Pick<ChapterDb, 'read'>): Promise<Universe[]> {
  const rows = await selectUniverses(db.read)
    .where('aside', '=', 0)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(toUniverse);
}

/** A saved universe as it was saved; null: it is not there. */
export async function readUniverse(
  db: Pick<ChapterDb, 'read'>,
  id: UniverseId,
): Promise<Universe | null> {
  const row = await selectUniverses(db.read).where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : toUniverse(row);
}

/** A saved universe whose question is ready to be asked, by selectUniverse and others. */
export interface ReadyUniverse extends Universe {
  readonly question: AskedSteps;
}

/**
 * A saved universe, ready to be asked now; null: it is not there. A frozen one asks for the people
 * whom it keeps. Throws the problems of askUniverse, which none has that was saved.
 */
export async function findUniverse(
  db: ChapterDb,
  id: UniverseId,
  now = Date.now(),
): Promise<ReadyUniverse | null> {
  const universe = await readUniverse(db, id);
  if (universe === null) return null;
  const frozen = universe.frozenAt !== null;
  const question = frozen ? { v: 2 as const, steps: keptPeople(id) } : universe.question;
  const ready = await askUniverse(db, question, { own: frozen ? null : id, now });
  if (!ready.ok) throw new ProblemError(ready.problem);
  return { ...universe, question: ready.value };
}

/** Deletes a saved question that no turf is cut from, and that no other asks for. */
export async function deleteUniverse(
  db: ChapterDb,
  id: UniverseId,
  now: number,
): Promise<Result<null>> {
  const done = await db.write(async (trx) => {
    // What a server that fell over has left is in nobody's way.
    await trx
      .deleteFrom('turfs')
      .where('universe_id', '=', id)
      .where('closed_at', '=', UNSEEN)
      .where('created_at', '<', now - ABANDONED_MS)
      .execute();
    const turf = await trx
      .selectFrom('turfs')
      .select('id')
      .where('universe_id', '=', id)
      .executeTakeFirst();
    if (turf !== undefined) return fail(problem('universe-in-use'));
    const saved = await readSavedSteps({ read: trx });
    const asking = saved.find(
      (one) => one.id !== id && one.steps !== null && asksFor(one.steps).includes(id),
    );
    if (asking !== undefined) return fail(problem('universe-asked', { universe: asking.name }));
    const { numDeletedRows } = await trx
      .deleteFrom('universes')
      .where('id', '=', id)
      .executeTakeFirst();
    return numDeletedRows === 0n ? fail(problem('not-found')) : ok(null);
  });
  if (done.ok)
    await db.write((trx) =>
      trx.deleteFrom('universe_people').where('universe_id', '=', id).execute(),
    );
  return done;
}
