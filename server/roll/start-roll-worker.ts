import { statSync } from 'node:fs';
import type { ResourceLimits, Worker } from 'node:worker_threads';
import { startThread } from '../start-thread.ts';
import type { RollJob } from './import-messages.ts';
import type { LayerJob } from './layer-messages.ts';

/**
 * Rows die young: a larger nursery spares half of the work of clearing up. The heap may take several
 * times what a roll can need; without a limit the engine lets three times as much lie around.
 */
function limitsFor(job: RollJob | LayerJob): ResourceLimits {
  const { target } = job;
  const megabytes = (name: string): number => Math.ceil(statSync(name).size / 2 ** 20);
  const file = job.kind === 'import' ? megabytes(job.path) : 0;
  // A chapter elsewhere cannot be weighed; its people came out of files as large as this one.
  const db = target.engine === 'sqlite' ? megabytes(target.path) : 10 * file;
  return {
    maxYoungGenerationSizeMb: 64,
    maxOldGenerationSizeMb: 256 + 5 * file + db,
  };
}

/** Starts the thread that does a job. */
export function startRollWorker(job: RollJob | LayerJob): Worker {
  return startThread('roll/import-worker.ts', {
    workerData: job,
    resourceLimits: limitsFor(job),
  });
}
