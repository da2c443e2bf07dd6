import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { AuditActor } from '#shared/model/audit.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { isRecipient } from './backup-key.ts';

/** A chapter that gets its first key is backed up once a day from then on, until it says otherwise. */
const FIRST_EVERY = 24;

/**
 * Seals backups to this key from now on. Those that were made before stay sealed to the key before.
 * Problems: not-valid.
 */
export async function setBackupKey(
  db: ChapterDb,
  recipient: string,
  actor: AuditActor,
  now: number,
): Promise<Result<null>> {
  if (!(await isRecipient(recipient))) {
    const reason =
      'this is not the public half of a backup key: it begins with age1 and has 62 letters';
    return fail(problem('not-valid', { reason }));
  }
  await db.write(async (trx) => {
    const { backup_recipient: before, backup_every: every } = await trx
      .selectFrom('chapter')
      .select(['backup_recipient', 'backup_every'])
      .executeTakeFirstOrThrow();
    if (before === recipient) return;
    await trx
      .updateTable('chapter')
      .set({
        backup_recipient: recipient,
        backup_every: before === null ? (every ?? FIRST_EVERY) : every,
      })
      .execute();
    const details = { what: 'backup-key', recipient, before };
    await appendAudit(trx, { at: now, kind: 'rules-set', actor, details });
  });
  return ok(null);
}

/** Hours between two backups; null: only when asked. */
export async function setBackupSchedule(
  db: ChapterDb,
  every: number | null,
  actor: AuditActor,
  now: number,
): Promise<void> {
  await db.write(async (trx) => {
    await trx.updateTable('chapter').set({ backup_every: every }).execute();
    const details = { what: 'backup-schedule', every };
    await appendAudit(trx, { at: now, kind: 'rules-set', actor, details });
  });
}
