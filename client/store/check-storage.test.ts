import { IDBFactory } from 'fake-indexeddb';
import { expect, test, vi } from 'vitest';
import { checkStorage, type StorageSurroundings } from './check-storage.ts';

const storage = {
  estimate: () => Promise.resolve({ quota: 5e9, usage: 1e9 }),
  persist: () => Promise.resolve(true),
  persisted: () => Promise.resolve(false),
};
const good: StorageSurroundings = {
  indexedDB: new IDBFactory(),
  secure: true,
  serviceWorker: true,
  storage,
};
const refusing = (name: string): IDBFactory => {
  const idb = new IDBFactory();
  idb.open = () => {
    throw new DOMException('refused', name);
  };
  return idb;
};

test('a browser that keeps things is told so, and how much room is left', async () => {
  expect(await checkStorage(good)).toEqual({ ok: true, value: { persisted: true, free: 4e9 } });
  expect(await good.indexedDB?.databases()).toEqual([]);
});

test('no promise to keep data for good stops nothing', async () => {
  const loose = { ...storage, persist: () => Promise.resolve(false) };
  expect(await checkStorage({ ...good, storage: loose })).toMatchObject({ ok: true });
  expect(await checkStorage({ ...good, storage: undefined })).toMatchObject({ ok: true });
  const mute = { ...storage, estimate: () => Promise.reject(new Error('no')) };
  expect(await checkStorage({ ...good, storage: mute })).toMatchObject({ ok: true });
});

test.each<[string, Partial<StorageSurroundings>, string]>([
  ['no secure connection', { secure: false }, 'insecure-page'],
  ['no IndexedDB', { indexedDB: undefined }, 'storage-blocked'],
  ['no service workers', { serviceWorker: false }, 'storage-private'],
  ['an IndexedDB that is blocked', { indexedDB: refusing('SecurityError') }, 'storage-blocked'],
  [
    'a private window that refuses',
    { indexedDB: refusing('InvalidStateError') },
    'storage-private',
  ],
  [
    'a private window with a tiny quota',
    { storage: { ...storage, estimate: () => Promise.resolve({ quota: 1e6, usage: 0 }) } },
    'storage-private',
  ],
])('%s is told before a walk can start', async (_, around, code) => {
  expect(await checkStorage({ ...good, ...around })).toMatchObject({
    ok: false,
    problem: { code },
  });
});

test('an IndexedDB that never answers is told too, instead of waiting for ever', async () => {
  vi.useFakeTimers();
  try {
    const idb = new IDBFactory();
    idb.open = () => new EventTarget() as IDBOpenDBRequest;
    const told = checkStorage({ ...good, indexedDB: idb });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await told).toMatchObject({ ok: false, problem: { code: 'storage-blocked' } });
  } finally {
    vi.useRealTimers();
  }
});
