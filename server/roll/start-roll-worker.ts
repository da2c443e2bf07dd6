import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { type ResourceLimits, Worker } from 'node:worker_threads';
import type { RollJob } from './import-messages.ts';

/**
 * Rows die young: a larger nursery spares half of the work of clearing up. The heap may take several
 * times what a roll can need; without a limit the engine lets three times as much lie around.
 */
function limitsFor(job: RollJob): ResourceLimits {
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

/** Starts the thread that does a job: beside the bundle, or the source itself in tests and development. */
export function startRollWorker(job: RollJob): Worker {
  const resourceLimits = limitsFor(job);
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./import-worker.js', bundleRoot()), {
      workerData: job,
      resourceLimits,
    });
  }
  const tsx = createRequire(import.meta.url)
    .resolve('tsx/esm/api')
    .replace(/\.cjs$/, '.mjs');
  const source = new URL('./import-worker.ts', import.meta.url);
  const start = `import(${JSON.stringify(pathToFileURL(tsx))}).then(({ register }) => {
    register();
    return import(${JSON.stringify(source)});
  })`;
  return new Worker(start, { eval: true, workerData: job, resourceLimits });
}

/** Shared pieces of the bundle lie in a folder of their own, entries above it. */
function bundleRoot(): URL {
  return import.meta.url.includes('/chunks/')
    ? new URL('../', import.meta.url)
    : new URL(import.meta.url);
}
