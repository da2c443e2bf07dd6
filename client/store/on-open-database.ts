import { Dexie } from 'dexie';

/** Frees something that the phone can do without; false when there is nothing more to free. */
export type MakeRoom = () => Promise<boolean>;

function isFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === Dexie.errnames.QuotaExceeded) return true;
  // A transaction that the full disk has ended says why in what Dexie puts inside.
  return 'inner' in error && error.inner !== error && isFull(error.inner);
}

async function onceReopened<T>(db: Dexie, work: () => PromiseLike<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isFull(error)) throw error;
    db.close({ disableAutoOpen: false });
    await db.open();
    return await work();
  }
}

/**
 * Runs work on the database; when the browser has closed it meanwhile (WebKit does, on waking and
 * in the middle of a transaction), reopens it and tries once more. On a full disk it frees what
 * `makeRoom` finds, piece by piece, and tries after each; only then is it refused. The work must be
 * safe to run twice.
 */
export async function onOpenDatabase<T>(
  db: Dexie,
  work: () => PromiseLike<T>,
  makeRoom: MakeRoom = () => Promise.resolve(false),
): Promise<T> {
  for (;;) {
    try {
      return await onceReopened(db, work);
    } catch (error) {
      if (!isFull(error) || !(await makeRoom())) throw error;
    }
  }
}
