import type { Page } from '@playwright/test';

/**
 * Everything readable that a browser keeps for the app, as a thief would look for it: each text, and
 * all bytes as UTF-8 and as UTF-16, of every store of every IndexedDB, of both storages for scripts,
 * and of what the service worker keeps but for the app's own files.
 */
export function scanPhone(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const found: string[] = [];
    const read = (bytes: ArrayBuffer | ArrayBufferView): void => {
      for (const code of ['utf-8', 'utf-16le']) found.push(new TextDecoder(code).decode(bytes));
    };
    const look = async (value: unknown, depth: number): Promise<void> => {
      if (typeof value === 'string') found.push(value);
      else if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) read(value);
      else if (value instanceof Blob) read(await value.arrayBuffer());
      else if (typeof value === 'object' && value !== null && depth < 20) {
        for (const [key, part] of Object.entries(value)) {
          found.push(key);
          await look(part, depth + 1);
        }
      }
    };
    const hear = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(new Error('cannot be read')));
      });
    for (const { name } of await indexedDB.databases()) {
      const db = await hear(indexedDB.open(name ?? ''));
      for (const store of db.objectStoreNames) {
        const all = db.transaction(store).objectStore(store);
        const [rows, keys] = [hear(all.getAll()), hear(all.getAllKeys())];
        const both = await Promise.all([rows, keys]);
        await look(both, 0);
      }
      db.close();
    }
    for (const storage of [localStorage, sessionStorage]) found.push(JSON.stringify(storage));
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const { url } of await cache.keys()) {
        found.push(url);
        const kept = await cache.match(url);
        if (/json/.test(kept?.headers.get('content-type') ?? ''))
          found.push((await kept?.text()) ?? '');
      }
    }
    return found.join('\n');
  });
}
