import { parentPort, workerData } from 'node:worker_threads';
import { problem, ProblemError, type Problem } from '#shared/kernel/problem.ts';
import { inTransaction } from '../store/in-transaction.ts';
import { openSqlite } from '../store/sqlite.ts';
import type { FromWorker, ImportJob, ToWorker } from './import-messages.ts';
import { sayFault } from './say-fault.ts';
import { runImport } from './run-import.ts';

const port = parentPort;
if (port === null) throw new Error('This file runs in a worker thread only.');
const send = (message: FromWorker): void => port.postMessage(message);

let cancelled = false;
let grant: (() => void) | null = null;
port.on('message', (message: ToWorker) => {
  if (message.kind === 'cancel') cancelled = true;
  else grant?.();
});

/** A full disk is the operator's to mend and has its sentence; anything else is a fault of ours. */
function toProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const { errcode, code, message } = error as { errcode?: number; code?: string; message?: string };
  const full = errcode === 13 || code === 'ENOSPC' || /disk is full/.test(message ?? '');
  return problem(full ? 'disk-full' : 'import-failed');
}

const job = workerData as ImportJob;
const sqlite = openSqlite(job.dbPath);
try {
  const report = await runImport(sqlite, job, {
    async inTurn(work) {
      const granted = new Promise<void>((resolve) => {
        grant = resolve;
      });
      send({ kind: 'turn' });
      await granted;
      try {
        return inTransaction(sqlite, work);
      } finally {
        send({ kind: 'turn-over' });
      }
    },
    onProgress: (progress) => send({ kind: 'progress', progress }),
    cancelled: () => cancelled,
    clock: () => Date.now(),
  });
  send(report === null ? { kind: 'cancelled' } : { kind: 'done', report });
} catch (error) {
  send({ kind: 'failed', problem: toProblem(error) });
  if (!(error instanceof ProblemError)) sayFault('The import met a fault', error);
} finally {
  sqlite.close();
  port.close();
}
