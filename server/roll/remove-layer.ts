import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { LayerId } from '#shared/model/layer.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { clearSets, findLayer } from '../store/layer-rows.ts';
import { findAsking } from './layer-asked.ts';
import type { LayerJobs, LayerMaker } from './layer-jobs.ts';

/**
 * Deletes a layer: it is gone at once, its values a little later. Problems: not-found, layer-running,
 * layer-in-use when a saved universe asks for it, lest it select other people in silence.
 */
export async function removeLayer(
  db: ChapterDb,
  jobs: LayerJobs,
  id: LayerId,
  { actor }: Pick<LayerMaker, 'actor'>,
  now: number,
): Promise<Result<null>> {
  const done = await jobs.alone(db, async () => {
    const removed = await db.write(async (trx): Promise<Result<null>> => {
      const row = await findLayer(trx, id);
      if (row === undefined) return fail(problem('not-found'));
      const universe = await findAsking(trx, id, () => true);
      if (universe !== null) return fail(problem('layer-in-use', { universe }));
      await trx.deleteFrom('layers').where('id', '=', id).execute();
      const details = { members: row.members === 1, sha256: row.sha256 };
      await appendAudit(trx, { at: now, kind: 'layer-removed', actor, subject: id, details });
      return ok(null);
    });
    if (removed.ok) await clearSets(db);
    return removed;
  });
  return done ?? fail(problem('layer-running'));
}
