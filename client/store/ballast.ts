const NAME = 'homeground-ballast';
/** Enough for thousands of facts, little enough to spare. */
const BYTES = 5 * 1024 * 1024;
/** The ballast is taken in only while this much stays free beside it. */
const SPARE = 50 * 1024 * 1024;
/** What the browser gives out of chance at a time. */
const CHUNK = 65_536;

function whenDone<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('no reason given')));
  });
}

/** Chance, so that no disk makes it smaller than it says. */
function makeWeight(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(BYTES);
  for (let at = 0; at < BYTES; at += CHUNK) crypto.getRandomValues(bytes.subarray(at, at + CHUNK));
  return bytes;
}

/**
 * Keeps five megabytes in a database of their own, to be thrown off when the disk is full and a
 * fact must be saved (P15). Does nothing when they are there, or when room is short already.
 */
export async function holdBallast(
  idb: IDBFactory = indexedDB,
  estimate: () => Promise<StorageEstimate> = () => navigator.storage.estimate(),
): Promise<void> {
  const { quota, usage } = await estimate();
  if (quota === undefined || quota - (usage ?? 0) < SPARE) return;
  const opening = idb.open(NAME, 1);
  opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('ballast'));
  const db = await whenDone(opening);
  try {
    const count = await whenDone(db.transaction('ballast').objectStore('ballast').count());
    if (count > 0) return;
    const writing = db.transaction('ballast', 'readwrite').objectStore('ballast');
    await whenDone(writing.put(makeWeight(), 'ballast'));
  } finally {
    db.close();
  }
}

/** Throws the ballast off; false when there was none. */
export function dropBallast(idb: IDBFactory = indexedDB): Promise<boolean> {
  return new Promise((resolve) => {
    const removing = idb.deleteDatabase(NAME);
    removing.addEventListener('success', (event) =>
      resolve('oldVersion' in event && Number(event.oldVersion) > 0),
    );
    removing.addEventListener('error', () => resolve(false));
    // A tab that is just taking it in: the room comes when that has ended.
    removing.addEventListener('blocked', () => resolve(false));
  });
}
