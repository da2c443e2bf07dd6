import type { Worker } from 'node:worker_threads';
import type { Problem } from '#shared/kernel/problem.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { SqliteChapterDb } from '../store/sqlite-chapter-db.ts';
import type { FromWorker, ImportProgress, Outcome, RollJob, ToWorker } from './import-messages.ts';
import type { LayerJob } from './layer-messages.ts';
import { sayFault } from './say-fault.ts';
import { startRollWorker } from './start-roll-worker.ts';

/** A job under way in a thread of its own. */
export interface RunningJob {
  /** How it ended; null: its thread went without a word. */
  readonly outcome: Promise<Problem | Outcome | null>;
  /** Milliseconds: the longest that it has kept the chapter's other writers waiting so far. */
  readonly longestTurn: () => number;
  /** Asks it to stop; one that flips a roll goes on to its end. */
  cancel(): void;
  /** Ends the thread as it is. */
  terminate(): Promise<unknown>;
}

/** The chapter's own file, for whoever works in it in turns. */
export function inSqlite(db: ChapterDb): SqliteChapterDb {
  if (db.engine === 'sqlite') return db;
  throw new Error('The chapter is not in a file.');
}

/** Starts a job's thread and gives it its turns among those who write to the chapter. */
export function runRollJob(
  db: ChapterDb,
  job: RollJob | LayerJob,
  onProgress: (progress: ImportProgress) => void,
): RunningJob {
  const worker: Worker = startRollWorker(job);
  const tell = (message: ToWorker): void => worker.postMessage(message);
  let longest = 0;
  const outcome = new Promise<Problem | Outcome | null>((resolve) => {
    let turnOver = (): void => {};
    let gone = false;
    let found: Problem | Outcome | null = null;
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'turn') {
        // Holding the writer's connection while the worker writes keeps the order of the queue:
        // a phone's push waits for one batch and never fights for the file's lock.
        void inSqlite(db).exclusive(
          () =>
            new Promise<void>((over) => {
              // A worker that died in the queue must not hold up everybody behind it.
              if (gone) return over();
              const began = performance.now();
              turnOver = () => {
                longest = Math.max(longest, performance.now() - began);
                turnOver = () => {};
                over();
              };
              tell({ kind: 'go' });
            }),
        );
      } else if (message.kind === 'turn-over') turnOver();
      else if (message.kind === 'progress') onProgress(message.progress);
      else if (message.kind === 'failed') found = message.problem;
      else found = message.kind;
    });
    worker.on('error', (error) => sayFault('The import’s worker died', error));
    worker.on('exit', () => {
      gone = true;
      turnOver();
      resolve(found);
    });
  });
  return {
    outcome,
    longestTurn: () => longest,
    cancel: () => tell({ kind: 'cancel' }),
    terminate: () => worker.terminate(),
  };
}
