import { parentPort, workerData } from 'node:worker_threads';
import { makeArchive } from '../archive/make-archive.ts';
import type { BackupTask, BackupTaskEnd, BackupTaskProgress } from './backup-task.ts';
import { makeCopy } from './make-copy.ts';
import { verifyBackup } from './verify-backup.ts';

const port = parentPort;
if (port === null) throw new Error('This file runs in a worker thread only.');

async function run(task: BackupTask): Promise<BackupTaskEnd> {
  if (task.kind === 'copy') return { kind: 'copy', end: await makeCopy(task.job) };
  if (task.kind === 'archive') {
    const made = await makeArchive(task.job, (progress) => {
      const said: BackupTaskProgress = { kind: 'progress', progress };
      port?.postMessage(said);
    });
    return { kind: 'archive', made };
  }
  const { file, secret, folder } = task;
  return { kind: 'verify', end: await verifyBackup(file, secret, folder) };
}

function toFailure(error: unknown): BackupTaskEnd {
  const { errcode, code, message } = error as { errcode?: number; code?: string; message?: string };
  const full = errcode === 13 || code === 'ENOSPC' || /disk is full/.test(message ?? '');
  return { kind: 'failed', message: message ?? String(error), full };
}

try {
  port.postMessage(await run(workerData as BackupTask));
} catch (error) {
  port.postMessage(toFailure(error));
} finally {
  port.close();
}
