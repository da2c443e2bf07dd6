import type { Transaction } from 'kysely';
import type { ImportId } from '#shared/kernel/ids.ts';
import type { AuditActor } from '#shared/model/audit.ts';
import type { ImportReport, RollFlip } from '#shared/model/roll.ts';
import type { Tables } from '../store/tables.ts';
import { appendAudit, BY_OPERATOR } from './append-audit.ts';

async function actorOf(trx: Transaction<Tables>, id: string | null): Promise<AuditActor> {
  const member = await trx
    .selectFrom('members')
    .select(['id', 'name', 'role'])
    .where('id', '=', (id ?? '') as Tables['members']['id'])
    .executeTakeFirst();
  return member === undefined ? BY_OPERATOR : { kind: 'member', ...member };
}

/**
 * Enters in the audit chain what became of a roll, in the transaction that is open. The roll itself
 * is put in place by another thread, so this follows it; an import that a server left unfinished is
 * entered by the one that brings it to its end. `how` null: it is whole and waits.
 */
export async function noteRoll(
  trx: Transaction<Tables>,
  id: ImportId,
  how: { readonly flip: RollFlip; readonly by: string | null } | null,
  now: number,
): Promise<void> {
  const row = await trx
    .selectFrom('imports')
    .select(['bytes', 'sha256', 'report', 'started_by'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const { people = null } = JSON.parse(row.report ?? '{}') as Partial<ImportReport>;
  const noted = await trx
    .selectFrom('audit')
    .select('seq')
    .where('kind', '=', 'roll-imported')
    .where('subject', '=', id)
    .executeTakeFirst();
  if (noted === undefined) {
    const { bytes, sha256 } = row;
    const actor = await actorOf(trx, row.started_by);
    const details = { people, bytes, sha256, waits: how === null };
    await appendAudit(trx, { at: now, kind: 'roll-imported', actor, subject: id, details });
  } else if (how !== null) {
    const kind = how.flip === 'apply' ? 'roll-applied' : 'roll-undone';
    const actor = await actorOf(trx, how.by);
    await appendAudit(trx, { at: now, kind, actor, subject: id, details: { people } });
  }
}
