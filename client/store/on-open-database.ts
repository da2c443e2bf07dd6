import { Dexie } from 'dexie';

function isFull(error: unknown): boolean {
  return error instanceof Error && error.name === Dexie.errnames.QuotaExceeded;
}

/**
 * Runs work on the database; when the browser has closed it meanwhile (WebKit does, on waking),
 * reopens it and tries once more. The work must be safe to run twice. A full disk is not retried.
 */
export async function onOpenDatabase<T>(db: Dexie, work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isFull(error)) throw error;
    db.close({ disableAutoOpen: false });
    await db.open();
    return await work();
  }
}
