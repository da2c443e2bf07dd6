import { problem, type Problem } from '#shared/kernel/make-problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';

/** What a browser lets us keep. */
export interface StorageGrant {
  /** True when the browser promised not to clear it by itself. */
  readonly persisted: boolean;
  /** Bytes that may still be used; null when the browser does not say. */
  readonly free: number | null;
}

/** The parts of a browser that the check looks at. */
export interface StorageSurroundings {
  readonly indexedDB: IDBFactory | undefined;
  readonly secure: boolean;
  readonly serviceWorker: boolean;
  readonly storage: Pick<StorageManager, 'estimate' | 'persist' | 'persisted'> | undefined;
}

const PROBE = 'homeground-probe';
/** In ms. An IndexedDB that has not answered by then never will: some hang instead of refusing. */
const PATIENCE = 10_000;
/** Private windows give a few megabytes or refuse; a turf with its map needs more than this. */
const LEAST_QUOTA = 20 * 1024 * 1024;

function surroundings(): StorageSurroundings {
  return {
    indexedDB: 'indexedDB' in globalThis ? globalThis.indexedDB : undefined,
    secure: globalThis.isSecureContext && 'subtle' in globalThis.crypto,
    serviceWorker: 'serviceWorker' in navigator,
    storage: 'storage' in navigator ? navigator.storage : undefined,
  };
}

/** Opens, writes, reads and removes a database of no use, as the outbox will do in earnest. */
function tryWriting(idb: IDBFactory): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (error: DOMException | null): void =>
      reject(error ?? new Error('The browser gave no reason.'));
    setTimeout(() => refuse(null), PATIENCE);
    const opening = idb.open(PROBE, 1);
    opening.addEventListener('error', () => refuse(opening.error));
    opening.addEventListener('blocked', () => refuse(null));
    opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('probe'));
    opening.addEventListener('success', () => {
      const db = opening.result;
      const writing = db.transaction('probe', 'readwrite');
      writing.objectStore('probe').put(1, 'probe');
      writing.addEventListener('abort', () => refuse(writing.error));
      writing.addEventListener('complete', () => {
        db.close();
        const removing = idb.deleteDatabase(PROBE);
        // What was written is what counts; a probe that stays behind does no harm.
        for (const end of ['success', 'error', 'blocked']) {
          removing.addEventListener(end, () => resolve());
        }
      });
    });
  });
}

async function askToPersist(storage: StorageSurroundings['storage']): Promise<boolean> {
  if (storage === undefined) return false;
  return (await storage.persisted()) || (await storage.persist());
}

async function checkQuota(storage: StorageSurroundings['storage']): Promise<StorageEstimate> {
  return storage === undefined ? {} : storage.estimate();
}

/**
 * Finds out, before a walk can start, whether this browser can keep one: a secure page with
 * WebCrypto and service workers, an IndexedDB that really writes, and no private window. Asks the
 * browser to keep the data for good; its refusal is told but stops nothing.
 */
export async function checkStorage(
  around: StorageSurroundings = surroundings(),
): Promise<Result<StorageGrant, Problem>> {
  if (!around.secure) return fail(problem('insecure-page'));
  if (around.indexedDB === undefined) return fail(problem('storage-blocked'));
  // Firefox hides service workers in private windows.
  if (!around.serviceWorker) return fail(problem('storage-private'));
  try {
    await tryWriting(around.indexedDB);
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    const isPrivate = name === 'InvalidStateError' || name === 'QuotaExceededError';
    return fail(problem(isPrivate ? 'storage-private' : 'storage-blocked'));
  }
  try {
    const { quota, usage } = await checkQuota(around.storage);
    if (quota !== undefined && quota < LEAST_QUOTA) return fail(problem('storage-private'));
    const free = quota === undefined ? null : quota - (usage ?? 0);
    return ok({ persisted: await askToPersist(around.storage), free });
  } catch {
    // The estimate is a courtesy; the write above is what counts.
    return ok({ persisted: false, free: null });
  }
}
