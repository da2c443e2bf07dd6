import { createHash } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { AuditActor, AuditEntry, AuditKind } from '#shared/model/audit.ts';
import { CHAIN_START, linkEntry } from '#shared/privacy/audit-chain.ts';
import type { StaffActor } from '../chapter/actor.ts';
import type { Tables } from '../store/tables.ts';

/** What happened; ids, counts and reasons, never a voter's name or address. */
export interface Happened {
  readonly at: number;
  readonly kind: AuditKind;
  readonly actor: AuditActor;
  readonly subject?: string;
  readonly details?: AuditEntry['details'];
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A member of the staff as the chain names them. */
export function byMember({ member }: Pick<StaffActor, 'member'>): AuditActor {
  return { kind: 'member', id: member.id, name: member.name, role: member.role };
}

/**
 * Adds one entry to the chapter's audit chain. In the transaction that does the thing itself, so
 * that neither stands without the other; the chapter's lock keeps the chain in one line.
 */
export async function appendAudit(trx: Transaction<Tables>, happened: Happened): Promise<void> {
  const last = await trx
    .selectFrom('audit')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const { at, kind, actor, subject = '', details = {} } = happened;
  const seq = (last?.seq ?? 0) + 1;
  const before = last === undefined ? CHAIN_START : Buffer.from(last.hash).toString('hex');
  const hash = linkEntry(before, { seq, at, kind, actor, subject, details }, sha256);
  await trx
    .insertInto('audit')
    .values({
      seq,
      at,
      kind,
      actor: JSON.stringify(actor),
      subject,
      details: JSON.stringify(details),
      hash: Buffer.from(hash, 'hex'),
    })
    .execute();
}
