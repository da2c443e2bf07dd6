import type { Transaction } from 'kysely';
import type { AuditActor } from '#shared/model/audit.ts';
import type { StaffActor } from '../chapter/actor.ts';
import { type Happened, nextAuditRow } from '../store/audit-row.ts';
import type { Tables } from '../store/tables.ts';

/** A member of the staff as the chain names them. */
export function byMember({ member }: Pick<StaffActor, 'member'>): AuditActor {
  return { kind: 'member', id: member.id, name: member.name, role: member.role };
}

/** Whoever runs the server, by its command line. */
export const BY_OPERATOR: AuditActor = { kind: 'operator' };

/** The server by itself. */
export const BY_SERVER: AuditActor = { kind: 'server' };

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
  await trx.insertInto('audit').values(nextAuditRow(last, happened)).execute();
}
