import type { Conduct } from '#shared/model/conduct.ts';
import type { DeviceKeys } from './outbox-store.ts';

const NAME = 'homeground-waiting';
const ROWS = 'rows';

/** What a phone keeps that opened a remote invite, until somebody has let it in or refused it. */
export interface WaitingJoin {
  /** It asks how it stands with this, and will push with it. */
  readonly token: string;
  readonly keys: DeviceKeys;
  readonly chapterName: string;
  /** Until when the chapter may decide, in the server's ms. */
  readonly until: number;
  /** Whoever walks on this phone already makes room for another person. */
  readonly asOther: boolean;
  /** Which rules they have read. */
  readonly conduct?: Conduct;
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(NAME, 1);
    opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(ROWS));
    opening.addEventListener('success', () => resolve(opening.result));
    opening.addEventListener('error', () => reject(opening.error ?? new Error('not opened')));
  });
}

async function run<T>(
  mode: IDBTransactionMode,
  work: (rows: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const db = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = db.transaction(ROWS, mode);
      const asked = work(transaction.objectStore(ROWS));
      transaction.addEventListener('complete', () => resolve(asked.result));
      transaction.addEventListener('abort', () =>
        reject(transaction.error ?? new Error('not saved')),
      );
    });
  } finally {
    db.close();
  }
}

/** The one request of this phone to be let in; in a database of its own, as it is nobody's phone yet. */
export const waitingJoin = {
  read: async (): Promise<WaitingJoin | null> => {
    const row: unknown = await run('readonly', (rows) => rows.get('join') as IDBRequest<unknown>);
    return (row as WaitingJoin | undefined) ?? null;
  },
  write: async (row: WaitingJoin): Promise<void> => {
    await run('readwrite', (rows) => rows.put(row, 'join'));
  },
  clear: async (): Promise<void> => {
    await run('readwrite', (rows) => rows.delete('join'));
  },
};

export type WaitingStore = typeof waitingJoin;
