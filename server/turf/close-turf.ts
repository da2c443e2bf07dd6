import type { TurfId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { findRow } from './turfs.ts';
import { Refused, writeOrRefuse } from './write-or-refuse.ts';

/**
 * Ends a stall or a call list: its codes open nothing more. Phones that are out with it keep it, and
 * what they bring counts. Problems: not-found, which a turf that is walked is too: the next pass
 * closes that one.
 */
export function closeTurf(db: ChapterDb, id: TurfId, now: number): Promise<Result<null>> {
  return writeOrRefuse(db, async (trx) => {
    const turf = await findRow(trx, id);
    if (turf === undefined || turf.kind === 'walk') throw new Refused(problem('not-found'));
    await trx
      .updateTable('turfs')
      .set({ closed_at: now })
      .where('id', '=', id)
      .where('closed_at', 'is', null)
      .execute();
    await trx
      .deleteFrom('invites')
      .where('turf_id', '=', id)
      .where('kind', '=', 'qr')
      .where('state', '=', 'open')
      .execute();
    return null;
  });
}
