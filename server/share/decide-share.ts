import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Share } from '#shared/model/share.ts';
import { appendAudit, byMember } from '../audit/append-audit.ts';
import type { StaffActor } from '../chapter/actor.ts';
import { findShare } from './list-shares.ts';

/** What the second person says. */
export type ShareDecision =
  { readonly state: 'approved' } | { readonly state: 'refused'; readonly why: string };

/**
 * Decides a share that was asked for, once, by somebody else than who asked. Problems: not-found,
 * share-closed, share-own.
 */
export async function decideShare(
  actor: StaffActor,
  id: string,
  decision: ShareDecision,
  now: number,
): Promise<Result<Share>> {
  const { db, member } = actor;
  return db.write(async (trx) => {
    const share = await findShare(trx, id);
    if (share === null) return fail(problem('not-found'));
    if (share.state !== 'asked') return fail(problem('share-closed'));
    if (share.askedBy.id === member.id) return fail(problem('share-own'));
    const { state } = decision;
    const why = state === 'refused' ? decision.why.trim() : null;
    await trx
      .updateTable('shares')
      .set({ state, why, decided_by: member.id, decided_at: now })
      .where('id', '=', id)
      .execute();
    await appendAudit(trx, {
      at: now,
      kind: state === 'approved' ? 'share-approved' : 'share-refused',
      actor: byMember(actor),
      subject: id,
      details: { recipient: share.recipient, ...(why !== null && { why }) },
    });
    const decided = await findShare(trx, id);
    if (decided === null) throw new Error('The share is gone.');
    return ok(decided);
  });
}
