import { onChange, tellChange } from './changes.ts';
import type { IdbSource } from './source.ts';
import { Table } from './table.ts';

/** By what the rows of a table are found. */
export interface TableShape {
  /** The field that is each row's own. */
  readonly key: string;
  /** Fields that rows are found and put in order by. */
  readonly by?: readonly string[];
  /** Fields that are lists: a row is found by each entry. */
  readonly byEach?: readonly string[];
}

export interface DatabaseShape<T> {
  readonly name: string;
  /** The browser's number for it. Whole tens: so the library counted that phones began with. */
  readonly version: number;
  readonly tables: { readonly [N in keyof T]: TableShape };
  /** What an older database needs beside tables and indexes, in the transaction that makes those. */
  readonly upgrade?: (tables: T) => Promise<void>;
}

/**
 * A database of IndexedDB: opened at the first use, and again whenever the browser has closed it.
 * `T` names its tables. One that a later version has made is opened as it is.
 */
export class Database<T> {
  readonly #is: DatabaseShape<T>;
  readonly #source: IdbSource | null;
  #opened: Promise<IDBDatabase> | null = null;

  constructor(shape: DatabaseShape<T>, source?: IdbSource) {
    this.#is = shape;
    this.#source = source ?? null;
  }

  /** Reads of one moment. */
  read<N extends keyof T & string, V>(
    names: readonly N[],
    work: (tables: Pick<T, N>) => Promise<V>,
  ): Promise<V> {
    return this.#run(names, 'readonly', work);
  }

  /** All of it happens or nothing; on the disk when it resolves. */
  write<N extends keyof T & string, V>(
    names: readonly N[],
    work: (tables: Pick<T, N>) => Promise<V>,
  ): Promise<V> {
    return this.#run(names, 'readwrite', work);
  }

  /**
   * Calls back with what `query` finds now and after every change of these tables, in any tab. What
   * cannot be read is left out: whoever writes next is told.
   */
  watch<V>(
    names: readonly (keyof T & string)[],
    query: () => Promise<V>,
    listener: (value: V) => void,
  ): () => void {
    let over = false;
    let reading = false;
    let again = false;
    const look = async (): Promise<void> => {
      again = true;
      if (reading) return;
      reading = true;
      while (again) {
        again = false;
        const found = await query().then(
          (value) => ({ value }),
          () => null,
        );
        if (over) return;
        // It has changed meanwhile: only what is there now is worth showing.
        if (found !== null && !again) listener(found.value);
      }
      reading = false;
    };
    const stop = onChange(this.#factory(), ({ database, tables }) => {
      if (database === this.#is.name && names.some((name) => tables.includes(name))) void look();
    });
    void look();
    return () => {
      over = true;
      again = false;
      stop();
    };
  }

  async open(): Promise<void> {
    await this.#open();
  }

  /** Lets go of it; the next use opens it again. */
  close(): void {
    const opened = this.#opened;
    this.#opened = null;
    void opened?.then(
      (db) => db.close(),
      () => {},
    );
  }

  /** Deletes it by its name, once every tab has let go. */
  remove(): Promise<void> {
    this.close();
    const { indexedDB } = this.#source ?? globalThis;
    return new Promise((resolve, reject) => {
      const removing = indexedDB.deleteDatabase(this.#is.name);
      removing.addEventListener('success', () => resolve());
      removing.addEventListener('error', () => reject(removing.error ?? new Error('not deleted')));
    });
  }

  /** Null for the browser's own. */
  #factory(): IDBFactory | null {
    return this.#source?.indexedDB ?? null;
  }

  async #run<N extends keyof T & string, V>(
    names: readonly N[],
    mode: 'readonly' | 'readwrite',
    work: (tables: Pick<T, N>) => Promise<V>,
  ): Promise<V> {
    const transaction = await this.#begin(names, mode);
    const changed = new Set<string>();
    const ended = new Promise<void>((resolve, reject) => {
      transaction.addEventListener('complete', () => resolve());
      transaction.addEventListener('abort', () =>
        reject(transaction.error ?? new DOMException('ended early', 'AbortError')),
      );
    });
    ended.catch(() => {});
    let value: V;
    try {
      value = await work(this.#tablesOf(transaction, names, (name) => changed.add(name)));
    } catch (error) {
      abort(transaction);
      // What was cut off says only that it was; the transaction knows by what.
      throw transaction.error ?? error;
    }
    if (mode === 'readwrite') await ended;
    if (changed.size > 0) {
      tellChange(this.#factory(), { database: this.#is.name, tables: [...changed] });
    }
    return value;
  }

  async #begin(names: readonly string[], mode: 'readonly' | 'readwrite'): Promise<IDBTransaction> {
    const begin = async (): Promise<IDBTransaction> =>
      (await this.#open()).transaction([...names], mode, { durability: 'strict' });
    try {
      return await begin();
    } catch {
      // The browser has closed it meanwhile.
      this.close();
      return begin();
    }
  }

  #tablesOf<N extends keyof T & string>(
    transaction: IDBTransaction,
    names: readonly N[],
    onWrite: (name: N) => void,
  ): Pick<T, N> {
    const { IDBKeyRange: ranges } = this.#source ?? globalThis;
    const tables = names.map(
      (name) =>
        [name, new Table(transaction.objectStore(name), ranges, () => onWrite(name))] as const,
    );
    return Object.fromEntries(tables) as Pick<T, N>;
  }

  #open(): Promise<IDBDatabase> {
    if (this.#opened !== null) return this.#opened;
    const opened: Promise<IDBDatabase> = this.#openVersion(this.#is.version)
      .catch((error: unknown) => {
        // A later version of the app was here: what we know of is there.
        if ((error as Error).name === 'VersionError') return this.#openVersion();
        throw error;
      })
      .then((db) => this.#keep(db, opened));
    opened.catch(() => {
      if (this.#opened === opened) this.#opened = null;
    });
    this.#opened = opened;
    return opened;
  }

  #keep(db: IDBDatabase, opened: Promise<IDBDatabase>): IDBDatabase {
    const forget = (): void => {
      if (this.#opened === opened) this.#opened = null;
    };
    db.addEventListener('close', forget);
    // Another tab deletes it, or makes it newer: it must not wait for us.
    db.addEventListener('versionchange', () => {
      forget();
      db.close();
    });
    return db;
  }

  #openVersion(version?: number): Promise<IDBDatabase> {
    const { indexedDB } = this.#source ?? globalThis;
    return new Promise((resolve, reject) => {
      const opening = indexedDB.open(this.#is.name, version);
      opening.addEventListener('upgradeneeded', ({ oldVersion }) => {
        if (opening.transaction !== null)
          this.#shape(opening.result, opening.transaction, oldVersion);
      });
      opening.addEventListener('success', () => resolve(opening.result));
      opening.addEventListener('error', () => reject(opening.error ?? new Error('not opened')));
    });
  }

  /** Makes what is missing. */
  #shape(db: IDBDatabase, transaction: IDBTransaction, before: number): void {
    const shapes = Object.entries(this.#is.tables) as [keyof T & string, TableShape][];
    for (const [name, { key, by = [], byEach = [] }] of shapes) {
      const store = db.objectStoreNames.contains(name)
        ? transaction.objectStore(name)
        : db.createObjectStore(name, { keyPath: key });
      for (const field of [...by, ...byEach]) {
        if (store.indexNames.contains(field)) continue;
        store.createIndex(field, field, { multiEntry: byEach.includes(field) });
      }
    }
    if (before === 0 || this.#is.upgrade === undefined) return;
    const names = shapes.map(([name]) => name);
    const tables = this.#tablesOf(transaction, names, () => {}) as unknown as T;
    this.#is.upgrade(tables).catch(() => abort(transaction));
  }
}

/** Nothing of it happens; one that has ended by itself stays as it is. */
function abort(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch {
    return;
  }
}
