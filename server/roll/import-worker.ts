import { parentPort, workerData } from 'node:worker_threads';
import { problem, ProblemError, type Problem } from '#shared/kernel/problem.ts';
import { inTransaction } from '../store/in-transaction.ts';
import { openSqlite, type Sqlite } from '../store/sqlite.ts';
import { flipRoll } from './flip-roll.ts';
import type { FromWorker, Outcome, RollJob, ToWorker } from './import-messages.ts';
import { flipInPostgres, importToPostgres } from './import-to-postgres.ts';
import { isLayerJob, type LayerJob } from './layer-messages.ts';
import { runLayerJob } from './run-layer-job.ts';
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

/** One write transaction after another, each when it is its turn among all who write there. */
function turnsOn(sqlite: Sqlite): ImportPorts['inTurn'] {
  return async <T>(work: () => T): Promise<T> => {
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
  };
}

/** Writes into the chapter's own file, in turns with everybody else who writes there. */
async function workOnSqlite(path: string, job: RollJob): Promise<Outcome> {
  const sqlite = openSqlite(path);
  const inTurn = turnsOn(sqlite);
  try {
    if (job.kind === 'flip') return await flipRoll(sqlite, job, { ...ports, inTurn });
    return (await runImport(sqlite, job, { ...ports, inTurn }))?.kind ?? 'cancelled';
  } finally {
    sqlite.close();
  }
}

function work(job: RollJob | LayerJob): Promise<Outcome> {
  if (isLayerJob(job)) return runLayerJob(job, ports, turnsOn);
  const { target } = job;
  if (target.engine === 'sqlite') return workOnSqlite(target.path, job);
  return job.kind === 'flip' ? flipInPostgres(target, job) : importToPostgres(target, job, ports);
}

try {
  send({ kind: await work(workerData as RollJob | LayerJob) });
} catch (error) {
  send({ kind: 'failed', problem: toProblem(error) });
  if (!(error instanceof ProblemError)) sayFault('The import met a fault', error);
} finally {
  port.close();
}
