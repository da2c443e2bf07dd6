import type { ImportId } from '#shared/kernel/ids.ts';
import type { AuditActor } from '#shared/model/audit.ts';
import type { ImportReport } from '#shared/model/roll.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { appendAudit, BY_OPERATOR } from './append-audit.ts';

/**
 * Enters a roll that was imported in the audit chain, once, when it stands. The roll itself is put in
 * place by another thread, so this follows it; an import that a server left unfinished is entered by
 * the one that brings it to its end.
 */
export async function noteImport(db: ChapterDb, id: ImportId, now: number): Promise<void> {
  await db.write(async (trx) => {
    const done = await trx
      .selectFrom('imports')
      .leftJoin('members', 'members.id', 'imports.started_by')
      .select(['imports.bytes', 'imports.sha256', 'imports.report', 'members.name', 'members.role'])
      .select('members.id as memberId')
      .where('imports.id', '=', id)
      .where('imports.state', '=', 'done')
      .executeTakeFirst();
    const noted = await trx
      .selectFrom('audit')
      .select('seq')
      .where('kind', '=', 'roll-imported')
      .where('subject', '=', id)
      .executeTakeFirst();
    if (done === undefined || noted !== undefined) return;
    const { bytes, sha256, report, memberId, name, role } = done;
    const { people = null } = JSON.parse(report ?? '{}') as Partial<ImportReport>;
    const actor: AuditActor =
      memberId === null || name === null || role === null
        ? BY_OPERATOR
        : { kind: 'member', id: memberId, name, role };
    const details = { people, bytes, sha256 };
    await appendAudit(trx, { at: now, kind: 'roll-imported', actor, subject: id, details });
  });
}
