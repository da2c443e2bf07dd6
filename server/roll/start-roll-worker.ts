import { statSync } from 'node:fs';
import type { ResourceLimits, Worker } from 'node:worker_threads';
import { startThread } from '../start-thread.ts';
import { openSqlite } from '../store/sqlite.ts';
import type { RollJob } from './import-messages.ts';
import type { LayerJob } from './layer-messages.ts';

/** MiB of a file that a thread reads once. */
function weigh(path: string): number {
  return Math.ceil(statSync(path).size / 2 ** 20);
}

/**
 * What a thread may take of the heap. Where an import looks things up is outside of it, in columns of
 * numbers; what stays inside are the streets of the map and the rows that wait for their turn. Without
 * a limit the engine lets several times as much lie around.
 */
function limitsFor(job: RollJob | LayerJob): ResourceLimits {
  const { target } = job;
  if (job.kind === 'import') {
    // The map of a chapter elsewhere cannot be weighed.
    const map = target.engine === 'sqlite' ? weighMap(target.path) : weigh(job.path);
    return { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 128 + 2 * map };
  }
  const db = target.engine === 'sqlite' ? weigh(target.path) : 0;
  return { maxYoungGenerationSizeMb: 64, maxOldGenerationSizeMb: 256 + db };
}

/** MiB of the layers of the map that an import reads. */
function weighMap(path: string): number {
  const sqlite = openSqlite(path);
  try {
    const { letters } = sqlite
      .prepare(
        `select coalesce(sum(length(geojson)), 0) as letters from map_layers
          where name in ('streets', 'precincts')`,
      )
      .get() as { letters: number };
    return Math.ceil(letters / 2 ** 20);
  } finally {
    sqlite.close();
  }
}

/** Starts the thread that does a job. */
export function startRollWorker(job: RollJob | LayerJob): Worker {
  return startThread('roll/import-worker.ts', {
    workerData: job,
    resourceLimits: limitsFor(job),
  });
}
