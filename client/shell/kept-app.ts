/** The parts of the app that this browser has looked for and found among what it keeps. */
export interface KeptApp {
  readonly kept: number;
  readonly all: number;
  /** Of what is kept, unpacked. */
  readonly bytes: number;
}

/** How long a worker may take to look, in ms. */
const PATIENCE = 4_000;

function isKeptApp(value: unknown): value is KeptApp {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kept' in value &&
    typeof value.kept === 'number' &&
    'all' in value &&
    typeof value.all === 'number' &&
    'bytes' in value &&
    typeof value.bytes === 'number'
  );
}

/**
 * Asks the service worker to look for each part of the app in its own cache; null when there is no
 * worker, or none that answers. A worker that is being installed answers too.
 */
export async function askKeptApp(): Promise<KeptApp | null> {
  if (!('serviceWorker' in navigator)) return null;
  const found = await navigator.serviceWorker.getRegistration();
  const worker = found?.active ?? found?.waiting ?? found?.installing;
  if (worker === null || worker === undefined) return null;
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const timer = setTimeout(() => resolve(null), PATIENCE);
    port1.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      clearTimeout(timer);
      port1.close();
      resolve(isKeptApp(data) ? data : null);
    });
    port1.start();
    worker.postMessage({ type: 'WHAT_IS_KEPT', language: document.documentElement.lang }, [port2]);
  });
}

/** True when every part was found, not only asked for. */
export function isWhole(app: KeptApp | null): boolean {
  return app !== null && app.all > 0 && app.kept === app.all;
}
