/**
 * Everything readable in an IndexedDB: each text, and all bytes as UTF-8 and as UTF-16, of all stores
 * of all databases. Past all of our code, as a thief would look.
 */
export async function scanIdb(idb: IDBFactory): Promise<string> {
  const found: string[] = [];
  const look = (value: unknown, depth: number): void => {
    if (typeof value === 'string') found.push(value);
    else if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
      const bytes =
        value instanceof ArrayBuffer
          ? new Uint8Array(value)
          : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      for (const code of ['utf-8', 'utf-16le']) found.push(new TextDecoder(code).decode(bytes));
    } else if (typeof value === 'object' && value !== null && depth < 20) {
      for (const [key, part] of Object.entries(value)) {
        found.push(key);
        look(part, depth + 1);
      }
    }
  };
  const hear = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error ?? new Error('no reason')));
    });
  for (const { name } of await idb.databases()) {
    const db = await hear(idb.open(name ?? ''));
    for (const store of db.objectStoreNames) {
      const all = db.transaction(store).objectStore(store);
      look(await hear(all.getAll()), 0);
      look(await hear(all.getAllKeys()), 0);
    }
    db.close();
  }
  return found.join('\n');
}
