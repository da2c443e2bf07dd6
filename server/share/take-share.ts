import { problem, ProblemError } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Share } from '#shared/model/share.ts';
import { appendAudit, byMember } from '../audit/append-audit.ts';
import type { StaffActor } from '../chapter/actor.ts';
import type { DepartureBook } from '../export/ledger.ts';
import { type CsvFile } from '../export/stream-csv.ts';
import { findUniverse } from '../turf/universes.ts';
import { findShare } from './list-shares.ts';
import { shareCsv } from './share-rows.ts';

/** A file for somebody outside, and the book that it is entered in as it leaves. */
export interface ShareToTake {
  readonly share: Share;
  readonly book: DepartureBook;
  readonly csv: CsvFile;
}

/** The share's own row is where its departure is written down: once, and never again. */
function shareBook(
  actor: StaffActor,
  { id, recipient }: Share,
  clock: () => number,
): DepartureBook {
  const { db } = actor;
  const by = byMember(actor);
  return {
    begin: () =>
      db.write(async (trx) => {
        const at = clock();
        const { numUpdatedRows } = await trx
          .updateTable('shares')
          .set({ state: 'taken', taken_at: at })
          .where('id', '=', id)
          .where('state', '=', 'approved')
          .executeTakeFirst();
        // Of two who press at the same moment, one gets it.
        if (numUpdatedRows !== 1n) throw new ProblemError(problem('share-closed'));
        const details = { recipient };
        await appendAudit(trx, { at, kind: 'share-taken', actor: by, subject: id, details });
      }),
    end: ({ rows, bytes, sha256, broken }) =>
      db.write(async (trx) => {
        const at = clock();
        await trx
          .updateTable('shares')
          .set({ rows, bytes, sha256, broken: broken ? 1 : 0 })
          .where('id', '=', id)
          .execute();
        const details = { recipient, rows, bytes, sha256, broken };
        await appendAudit(trx, { at, kind: 'share-taken', actor: by, subject: id, details });
      }),
  };
}

/**
 * The approved file for whoever asked for it, to be taken once. Problems: not-found, also for
 * everybody else; share-closed unless it is approved and was not taken yet.
 */
export async function takeShare(
  actor: StaffActor,
  id: string,
  clock: () => number,
): Promise<Result<ShareToTake>> {
  const { db, member } = actor;
  const share = await findShare(db.read, id);
  if (share === null || share.askedBy.id !== member.id) return fail(problem('not-found'));
  if (share.state === 'taken') return fail(problem('share-closed'));
  if (share.state !== 'approved') return fail(problem('share-closed'));
  const universe = share.universe === null ? null : await findUniverse(db, share.universe.id);
  if (share.universe !== null && universe === null) return fail(problem('not-found'));
  const { mark } = await db.read
    .selectFrom('shares')
    .select('mark')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const { fields, consent } = share;
  const csv = shareCsv(db, { fields, consent, mark, question: universe?.question ?? null });
  return ok({ share, book: shareBook(actor, share, clock), csv });
}
