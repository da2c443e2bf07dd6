import type { Result } from '#shared/kernel/result.ts';
import type { ArchiveJob, ArchiveProgress, MadeArchive } from '../archive/make-archive.ts';
import type { BackupTask, BackupTaskEnd, BackupTaskProgress } from './backup-task.ts';
import { startThread } from '../start-thread.ts';
import type { CopyEnd, CopyJob } from './make-copy.ts';
import type { VerifiedBackup } from './verify-backup.ts';

/** A task that did not come to its end. */
export class TaskFailedError extends Error {
  readonly reason: 'interrupted' | 'disk-full' | 'failed';
  constructor(reason: TaskFailedError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/**
 * Does a task in a thread of its own, so that pushes go on meanwhile. Throws TaskFailedError, at once
 * when the signal says so.
 */
function runTask(
  task: BackupTask,
  signal: AbortSignal,
  onProgress: (progress: ArchiveProgress) => void = () => {},
): Promise<BackupTaskEnd> {
  return new Promise((resolve, reject) => {
    const interrupted = (): TaskFailedError =>
      new TaskFailedError('interrupted', 'The server was stopped meanwhile.');
    if (signal.aborted) {
      reject(interrupted());
      return;
    }
    const worker = startThread('backup/backup-worker.ts', { workerData: task });
    const stop = (): void => void worker.terminate();
    signal.addEventListener('abort', stop, { once: true });
    const end = (finish: () => void): void => {
      signal.removeEventListener('abort', stop);
      finish();
    };
    worker.on('message', (answer: BackupTaskEnd | BackupTaskProgress) => {
      if (answer.kind === 'progress') onProgress(answer.progress);
      else end(() => resolve(answer));
    });
    worker.once('error', (error) => end(() => reject(error)));
    worker.once('exit', () =>
      end(() =>
        reject(
          signal.aborted
            ? interrupted()
            : new TaskFailedError('failed', 'The thread ended without an answer.'),
        ),
      ),
    );
  });
}

const failed = ({ message, full }: Extract<BackupTaskEnd, { kind: 'failed' }>): TaskFailedError =>
  new TaskFailedError(full ? 'disk-full' : 'failed', message);

/** Makes a copy in a thread of its own. */
export async function copyApart(job: CopyJob, signal: AbortSignal): Promise<CopyEnd> {
  const answer = await runTask({ kind: 'copy', job }, signal);
  if (answer.kind === 'copy') return answer.end;
  throw answer.kind === 'failed' ? failed(answer) : new Error('Another task has answered.');
}

/** Makes an archive in a thread of its own. */
export async function archiveApart(
  job: ArchiveJob,
  signal: AbortSignal,
  onProgress: (progress: ArchiveProgress) => void,
): Promise<MadeArchive> {
  const answer = await runTask({ kind: 'archive', job }, signal, onProgress);
  if (answer.kind === 'archive') return answer.made;
  throw answer.kind === 'failed' ? failed(answer) : new Error('Another task has answered.');
}

/** Verifies a backup in a thread of its own. */
export async function verifyApart(
  file: string,
  secret: string | null,
  folder: string,
  signal: AbortSignal,
): Promise<Result<VerifiedBackup>> {
  const answer = await runTask({ kind: 'verify', file, secret, folder }, signal);
  if (answer.kind === 'verify') return answer.end;
  throw answer.kind === 'failed' ? failed(answer) : new Error('Another task has answered.');
}
