import { basename, join } from 'node:path';
import { Worker, type WorkerOptions } from 'node:worker_threads';

/** In the place of `server/source-thread.ts`: what `build-threads.ts` built once for the run. */
export function startSource(source: URL, options: WorkerOptions): Worker {
  const folder = process.env['TEST_THREADS'];
  if (folder === undefined) throw new Error('The threads were not built.');
  return new Worker(join(folder, `${basename(source.pathname, '.ts')}.js`), options);
}
