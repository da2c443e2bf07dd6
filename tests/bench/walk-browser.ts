import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { build } from 'vite';
import type { WalkDoor } from '#shared/walk/group-stops.ts';
import { readStreets } from './geocode-data.ts';
import type { WorkerTask, WorkerTimes } from './walk-worker.ts';

const LAUNCH = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-background-networking'],
};

/** The worker as one script. */
async function bundleWorker(): Promise<string> {
  const entry = fileURLToPath(new URL('walk-worker.ts', import.meta.url));
  const made = await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('../..', import.meta.url)),
    build: { write: false, target: 'es2022', lib: { entry, formats: ['iife'], name: 'bench' } },
  });
  const [first] = Array.isArray(made) ? made : [made];
  if (first === undefined || !('output' in first)) throw new Error('nothing was bundled');
  return first.output[0].code;
}

/** Orders turfs in a worker of a browser: the milliseconds of each run of each, by the clock. */
export async function timeInWorker(
  turfs: readonly (readonly WalkDoor[])[],
  runs: number,
): Promise<WorkerTimes> {
  const streets = readStreets('cambridge-ma/street_centerlines.geojson.gz');
  const task: WorkerTask = { streets, turfs, runs };
  const script = await bundleWorker();
  const browser = await chromium.launch(LAUNCH);
  try {
    const page = await browser.newPage();
    return await page.evaluate(
      ([code, message]) =>
        new Promise<WorkerTimes>((resolve, reject) => {
          const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
          const worker = new Worker(url);
          worker.addEventListener('message', ({ data }) => resolve(data as WorkerTimes));
          worker.addEventListener('error', ({ message: why }) => reject(new Error(why)));
          worker.postMessage(message);
        }),
      [script, task] as const,
    );
  } finally {
    await browser.close();
  }
}
