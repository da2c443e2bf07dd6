import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { AuditActor } from '#shared/model/audit.ts';
import type { BackupFault, BackupReport, DrillEntry, DrillReport } from '#shared/model/backup.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { backupFolder } from './backup-folder.ts';
import { findBackup, readBackupSettings } from './backup-rows.ts';
import { differingCounts } from './count-rows.ts';
import { isSealed, markFile } from './seal-file.ts';
import type { VerifiedBackup } from './verify-backup.ts';
import { openWorkFolder } from './work-folder.ts';

export interface DrillMeans extends Pick<Ports, 'config' | 'clock'> {
  readonly verify: (
    file: string,
    secret: string | null,
    folder: string,
  ) => Promise<Result<VerifiedBackup>>;
}

interface Found {
  readonly faults: readonly BackupFault[];
  readonly rows: number | null;
  readonly facts: number | null;
}

const bad = (...faults: BackupFault[]): Found => ({ faults, rows: null, facts: null });

/** What can be said of the file without opening it. */
async function lookAtFile(file: string, sha256: string | null): Promise<BackupFault[]> {
  if (!existsSync(file)) return ['gone'];
  const mark = await markFile(file);
  if (mark.sha256 !== sha256) return ['other-hash'];
  return (await isSealed(file)) ? [] : ['damaged'];
}

/** Opens the backup in a folder that is gone afterwards, reads it through and compares it. */
async function lookInside(
  file: string,
  secret: string,
  report: BackupReport | null,
  { config, verify }: DrillMeans,
): Promise<Found> {
  const work = openWorkFolder(config.dataDir);
  try {
    const verified = await verify(file, secret, work.path);
    if (!verified.ok) {
      return bad(verified.problem.code === 'backup-key-wrong' ? 'other-key' : 'not-opened');
    }
    const { counts, damage, chain, facts } = verified.value;
    const faults: BackupFault[] = [];
    if (damage !== null) faults.push('facts-damaged');
    if ((chain?.fault ?? null) !== null) faults.push('chain-broken');
    const noted = report?.counts ?? null;
    if (noted !== null && differingCounts(noted, counts).length > 0) faults.push('counts-differ');
    const rows = Object.values(counts).reduce((sum, n) => sum + n, 0);
    return { faults, rows, facts: facts.facts };
  } finally {
    work.drop();
  }
}

/**
 * Tries the newest backup and writes down how it went. With the secret it is opened in a folder that
 * is gone afterwards, read through and compared with what was written down when it was made. Without
 * it, as a server has to, only that the file is still the one that was written. The secret is kept
 * nowhere. Problems: backup-running while another drill of the chapter is under way.
 */
export async function drillBackup(
  db: ChapterDb,
  secret: string | null,
  actor: AuditActor,
  means: DrillMeans,
): Promise<Result<DrillEntry>> {
  const { config, clock } = means;
  const release = await db.claim('drilling');
  if (release === null) return fail(problem('backup-running'));
  try {
    const at = clock();
    const { slug } = await readBackupSettings(db);
    const newest = await findBackup(db, 'newest');
    let found = bad('gone');
    if (newest !== null) {
      const file = join(backupFolder(config, slug), newest.entry.file);
      const faults = await lookAtFile(file, newest.entry.sha256);
      if (faults.length > 0) found = bad(...faults);
      else if (secret === null) found = { faults: [], rows: null, facts: null };
      else found = await lookInside(file, secret, newest.report, means);
    }
    const report: DrillReport = {
      depth: secret === null ? 'file' : 'whole',
      backupAt: newest?.entry.at ?? null,
      ...found,
      tookMs: clock() - at,
    };
    const good = report.faults.length === 0;
    await db.write(async (trx) => {
      await trx
        .insertInto('backups')
        .values({
          at,
          kind: 'drill',
          file: newest?.entry.file ?? '',
          bytes: newest?.entry.bytes ?? null,
          sha256: newest?.entry.sha256 ?? null,
          state: good ? 'good' : 'bad',
          report: JSON.stringify(report),
        })
        .execute();
      const details = {
        good,
        depth: report.depth,
        file: newest?.entry.file ?? null,
        faults: report.faults.join(' '),
        rows: report.rows,
      };
      await appendAudit(trx, { at: clock(), kind: 'drilled', actor, details });
    });
    return ok({ at, good, report });
  } finally {
    await release();
  }
}
