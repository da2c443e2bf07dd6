import { makeId, type Id } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { type AskShare } from '#shared/model/ask-share.ts';
import { KIND_RULES, type Share, SHARE_FIELD_NAMES } from '#shared/model/share.ts';
import { appendAudit, byMember } from '../audit/append-audit.ts';
import type { StaffActor } from '../chapter/actor.ts';
import type { Ports } from '../ports.ts';
import { findUniverse } from '../turf/universes.ts';
import { findShare } from './list-shares.ts';

/** Why a wish cannot stand, or null. */
function findFault({ legalKind, basis, cents, agreement, fields }: AskShare): string | null {
  const rule = KIND_RULES[legalKind];
  if (!rule.bases.includes(basis.kind)) return 'this basis does not fit this kind of recipient';
  if (!rule.withoutAgreement && agreement.trim() === '') {
    return 'this kind of recipient needs a written agreement first';
  }
  if (basis.kind === 'sold' && (cents === null || cents <= 0)) return 'a sale has a price';
  if (basis.kind !== 'sold' && cents !== null) return 'only a sale has a price';
  if (['exchanged', 'other'].includes(basis.kind) && basis.what.trim() === '') {
    return 'it has to be said what it is given for';
  }
  if (fields.includes('consent_given_on') && rule.consent === null) {
    return 'no consent is asked for this kind of recipient';
  }
  return null;
}

/**
 * Asks that data be given to somebody outside. Nothing leaves by it: a second person decides.
 * Problems: not-valid, not-found for a universe that is not there.
 */
export async function askShare(
  actor: StaffActor,
  wish: AskShare,
  { clock, random }: Pick<Ports, 'clock' | 'random'>,
): Promise<Result<Share>> {
  const { db, member } = actor;
  const reason = findFault(wish);
  if (reason !== null) return fail(problem('not-valid', { reason }));
  const { universeId, legalKind, recipient } = wish;
  if (universeId !== null && (await findUniverse(db, universeId)) === null) {
    return fail(problem('not-found'));
  }
  const at = clock();
  const id = makeId<Id<'share'>>(at, random);
  const rule = KIND_RULES[legalKind];
  const fields = SHARE_FIELD_NAMES.filter((name) => wish.fields.includes(name));
  await db.write(async (trx) => {
    await trx
      .insertInto('shares')
      .values({
        id,
        recipient: recipient.trim(),
        legal_kind: legalKind,
        purpose: wish.purpose.trim(),
        agreement: wish.agreement.trim(),
        basis: JSON.stringify({ kind: wish.basis.kind, what: wish.basis.what.trim() }),
        cents: wish.cents,
        fields: JSON.stringify(fields),
        universe_id: universeId,
        needs_consent: rule.consent === null ? 0 : 1,
        state: 'asked',
        asked_by: member.id,
        asked_at: at,
        mark: Buffer.from(random(32)).toString('hex'),
      })
      .execute();
    const details = { recipient: recipient.trim(), kind: legalKind, fields: fields.join(' ') };
    await appendAudit(trx, {
      at,
      kind: 'share-asked',
      actor: byMember(actor),
      subject: id,
      details,
    });
  });
  const share = await findShare(db.read, id);
  if (share === null) throw new Error('The share is gone.');
  return ok(share);
}
