import { parentPort, workerData } from 'node:worker_threads';
import { problem, ProblemError, type Problem } from '#shared/kernel/problem.ts';
import type { ImportReport } from '#shared/model/roll.ts';
import { inTransaction } from '../store/in-transaction.ts';
import { openSqlite } from '../store/sqlite.ts';
import type { FromWorker, ImportJob, ToWorker } from './import-messages.ts';
import { importToPostgres } from './import-to-postgres.ts';
import { sayFault } from './say-fault.ts';
import { type ImportPorts, runImport } from './run-import.ts';

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
  const full = errcode === 13 || code === 'ENOSPC' || code === '53100';
  return problem(full || /disk is full/.test(message ?? '') ? 'disk-full' : 'import-failed');
}

const ports: Omit<ImportPorts, 'inTurn'> = {
  onProgress: (progress) => send({ kind: 'progress', progress }),
  cancelled: () => cancelled,
  clock: () => Date.now(),
};

/** Writes into the chapter's own file, in turns with everybody else who writes there. */
async function importToSqlite(path: string, job: ImportJob): Promise<ImportReport | null> {
  const sqlite = openSqlite(path);
  try {
    return await runImport(sqlite, job, {
      ...ports,
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
    });
  } finally {
    sqlite.close();
  }
}

const job = workerData as ImportJob;
const { target } = job;
try {
  const report =
    target.engine === 'sqlite'
      ? await importToSqlite(target.path, job)
      : await importToPostgres(target, job, ports);
  send(report === null ? { kind: 'cancelled' } : { kind: 'done', report });
} catch (error) {
  send({ kind: 'failed', problem: toProblem(error) });
  if (!(error instanceof ProblemError)) sayFault('The import met a fault', error);
} finally {
  port.close();
}
