import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { exportBook, type Taker } from '../export/ledger.ts';
import type { Ports } from '../ports.ts';
import { syncPath } from '../store/backup-file.ts';
import { archiveInto } from './archive-into.ts';
import { type ArchiveJob, type Filled, makeArchive } from './make-archive.ts';

/** What was written. */
export interface Archived extends Omit<Filled, 'zip'> {
  readonly folder: string;
}

export interface ArchiveMeans extends Pick<Ports, 'config' | 'clock' | 'random' | 'publicUrl'> {
  readonly onProgress: (file: string) => void;
}

const isEmpty = (folder: string): boolean =>
  !existsSync(folder) || readdirSync(folder).length === 0;

/**
 * Writes everything that a chapter has into one directory that anybody can read without us, from
 * one moment of it, while the server goes on. The directory gets its name when all of it is on the
 * disk. It is a departure: in the ledger with the hash of SHA256SUMS, and in the audit chain.
 * Problems: not-valid where something lies in that directory.
 */
export async function writeArchive(
  taker: Taker,
  folder: string,
  means: ArchiveMeans,
): Promise<Result<Archived>> {
  if (!isEmpty(folder)) {
    return fail(problem('not-valid', { reason: `there is something in ${folder} already` }));
  }
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true, mode: 0o700 });
  const book = exportBook(taker, 'archive', means);
  try {
    await book.begin();
    const run = (job: ArchiveJob) => makeArchive(job, (at) => means.onProgress(at.part));
    const written = await archiveInto(taker.db, { folder: part, zip: null, run }, means);
    if (existsSync(folder)) rmdirSync(folder);
    renameSync(part, folder);
    syncPath(dirname(folder));
    const { rows, bytes, sha256, files } = written;
    await book.end({ rows, bytes, sha256, broken: false });
    await taker.db.write((trx) =>
      appendAudit(trx, {
        at: means.clock(),
        kind: 'archived',
        actor: taker.actor,
        details: { files, rows, bytes, sha256 },
      }),
    );
    return ok({ folder, files, rows, bytes, sha256 });
  } catch (error) {
    rmSync(part, { recursive: true, force: true });
    throw error;
  }
}
