import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { AuditActor } from '#shared/model/audit.ts';
import type { BackupFault, BackupReport } from '#shared/model/backup.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { type Backup, backUpChapter, DamagedFactsError } from '../chapter/back-up-chapter.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { backupFolder, makeBackupFolder, nameBackup, sweepParts } from './backup-folder.ts';
import { readBackupSettings } from './backup-rows.ts';
import type { CopyEnd, CopyJob } from './make-copy.ts';
import { pruneBackups } from './prune-backups.ts';
import { TaskFailedError } from './run-task.ts';
import { openWorkFolder } from './work-folder.ts';

export interface BackupMeans extends Pick<Ports, 'config' | 'clock'> {
  /** Does the work, in another thread where a server must go on meanwhile. */
  readonly run: (job: CopyJob) => Promise<CopyEnd>;
  /** Tells whoever runs the server. */
  readonly warn: (sentence: string) => void;
}

export interface BackupAsk {
  readonly kind: 'scheduled' | 'asked';
  readonly actor: AuditActor;
}

/** Why it did not work, in a word that every screen knows. */
export function faultOf(error: unknown): BackupFault {
  if (error instanceof DamagedFactsError) return 'facts-damaged';
  if (error instanceof TaskFailedError) return error.reason;
  const { code, errcode, message } = error as { code?: string; errcode?: number; message?: string };
  if (code === 'ENOSPC' || errcode === 13) return 'disk-full';
  return /damaged/.test(message ?? '') ? 'damaged' : 'failed';
}

async function begin(db: ChapterDb, kind: BackupAsk['kind'], file: string, at: number) {
  return db.write(async (trx) => {
    // Whoever had the claim before and left one running was killed at it.
    const stopped: BackupReport = { ...NOTHING, fault: 'interrupted' };
    await trx
      .updateTable('backups')
      .set({ state: 'bad', report: JSON.stringify(stopped) })
      .where('state', '=', 'running')
      .where('kind', '!=', 'drill')
      .execute();
    const row = {
      at,
      kind,
      file,
      bytes: null,
      sha256: null,
      state: 'running',
      report: null,
    } as const;
    const { key } = await trx
      .insertInto('backups')
      .values(row)
      .returning('key')
      .executeTakeFirstOrThrow();
    return key;
  });
}

const NOTHING: BackupReport = {
  facts: null,
  held: null,
  counts: null,
  recipient: null,
  fault: null,
  tookMs: 0,
};

/**
 * Makes one sealed backup in the chapter's folder of backups, writes it down, in the list and in the
 * audit chain, and lets go of those that are no longer kept. Problems: backup-key-first,
 * backup-running, backup-failed.
 */
export async function takeBackup(
  db: ChapterDb,
  { kind, actor }: BackupAsk,
  { config, clock, run, warn }: BackupMeans,
): Promise<Result<Backup>> {
  const { slug, recipient } = await readBackupSettings(db);
  if (recipient === null) return fail(problem('backup-key-first'));
  const release = await db.claim('backing-up');
  if (release === null) return fail(problem('backup-running'));
  const at = clock();
  const folder = backupFolder(config, slug);
  const file = nameBackup(slug, at);
  const key = await begin(db, kind, file, at);
  const work = openWorkFolder(config.dataDir);
  try {
    makeBackupFolder(folder);
    sweepParts(folder);
    const wish = { recipient, folder: work.path, run };
    const backup = await backUpChapter(db, join(folder, file), wish);
    const { bytes, sha256, facts, held, counts } = backup;
    const tookMs = clock() - at;
    const report: BackupReport = { facts, held, counts, recipient, fault: null, tookMs };
    await db.write(async (trx) => {
      const set = { state: 'good', bytes, sha256, report: JSON.stringify(report) } as const;
      await trx.updateTable('backups').set(set).where('key', '=', key).execute();
      const details = { file, bytes, sha256, facts, sealed: true };
      await appendAudit(trx, { at: clock(), kind: 'backed-up', actor, subject: '', details });
    });
    await pruneBackups(db, folder, clock());
    return ok(backup);
  } catch (error) {
    const fault = faultOf(error);
    warn(
      `Chapter ${slug}: the backup was not made: ${error instanceof Error ? error.message : String(error)}`,
    );
    await rm(join(folder, file), { force: true });
    const report: BackupReport = { ...NOTHING, recipient, fault, tookMs: clock() - at };
    const set = { state: 'bad', report: JSON.stringify(report) } as const;
    await db.write((trx) => trx.updateTable('backups').set(set).where('key', '=', key).execute());
    return fail(problem('backup-failed'));
  } finally {
    work.drop();
    await release();
  }
}
