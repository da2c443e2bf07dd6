import { basename } from 'node:path';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import { startSource } from './source-thread.ts';

/** Starts an entry of the server, such as `roll/import-worker.ts`, in a thread of its own. */
export function startThread(entry: string, options: WorkerOptions): Worker {
  const here = import.meta.url;
  if (here.endsWith('.ts')) return startSource(new URL(entry, here), options);
  // Entries lie at the top of the bundle, what they share in a folder below.
  const top = here.includes('/chunks/') ? new URL('../', here) : new URL(here);
  return new Worker(new URL(`./${basename(entry, '.ts')}.js`, top), options);
}
