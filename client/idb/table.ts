/** What a request answers; rejects with what the browser says of its failure. */
export function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () =>
      reject(request.error ?? new DOMException('no reason given', 'UnknownError')),
    );
  });
}

/**
 * One table within one transaction, which lives as long as its requests follow on each other: nothing
 * else may be waited for in between. A request that fails ends the whole transaction.
 */
export class Table<Row, Key extends IDBValidKey = string> {
  readonly #store: IDBObjectStore;
  readonly #ranges: typeof IDBKeyRange;
  readonly #onChange: () => void;

  constructor(store: IDBObjectStore, ranges: typeof IDBKeyRange, onChange: () => void) {
    this.#store = store;
    this.#ranges = ranges;
    this.#onChange = onChange;
  }

  get(key: Key): Promise<Row | undefined> {
    return answerOf<Row | undefined>(this.#store.get(key));
  }

  /** In the order of the keys; undefined where there is none. */
  getMany(keys: readonly Key[]): Promise<(Row | undefined)[]> {
    return Promise.all(keys.map((key) => this.get(key)));
  }

  /** All rows, in the order of their keys. */
  all(): Promise<Row[]> {
    return answerOf<Row[]>(this.#store.getAll());
  }

  keys(): Promise<Key[]> {
    return answerOf(this.#store.getAllKeys()) as Promise<Key[]>;
  }

  count(): Promise<number> {
    return answerOf(this.#store.count());
  }

  /** The row with the highest key. */
  async last(): Promise<Row | undefined> {
    const cursor = await answerOf(this.#store.openCursor(null, 'prev'));
    return cursor?.value as Row | undefined;
  }

  /** Rows whose indexed field is this. */
  where(index: string, value: IDBValidKey): Promise<Row[]> {
    return answerOf<Row[]>(this.#store.index(index).getAll(value));
  }

  /** Rows whose indexed field is one of these. */
  async whereAny(index: string, values: readonly IDBValidKey[]): Promise<Row[]> {
    return (await Promise.all(values.map((value) => this.where(index, value)))).flat();
  }

  /** How many rows have this in that index, or null: as their key. */
  countWhere(index: string | null, value: IDBValidKey): Promise<number> {
    return answerOf((index === null ? this.#store : this.#store.index(index)).count(value));
  }

  /** All rows in the order of an index. */
  allBy(index: string): Promise<Row[]> {
    return answerOf<Row[]>(this.#store.index(index).getAll());
  }

  /** The last so many rows in the order of an index, the last one last. */
  async lastBy(index: string, most: number): Promise<Row[]> {
    const rows = this.#store.index(index);
    const from = await new Promise<IDBValidKey | null>((resolve, reject) => {
      const looking = rows.openKeyCursor(null, 'prev');
      let moved = most <= 1;
      looking.addEventListener('success', () => {
        const cursor = looking.result;
        if (moved || cursor === null) resolve(cursor?.key ?? null);
        else cursor.advance(most - 1);
        moved = true;
      });
      looking.addEventListener('error', () => reject(looking.error ?? new Error('not read')));
    });
    return answerOf<Row[]>(rows.getAll(from === null ? null : this.#ranges.lowerBound(from)));
  }

  /** Throws when there is a row with its key. */
  async add(row: Row): Promise<void> {
    this.#onChange();
    await answerOf(this.#store.add(row));
  }

  /** Writes the row, in the place of one with its key. */
  async put(row: Row): Promise<void> {
    this.#onChange();
    await answerOf(this.#store.put(row));
  }

  async putMany(rows: readonly Row[]): Promise<void> {
    await Promise.all(rows.map((row) => this.put(row)));
  }

  async delete(key: Key): Promise<void> {
    this.#onChange();
    await answerOf(this.#store.delete(key));
  }

  async deleteMany(keys: readonly Key[]): Promise<void> {
    await Promise.all(keys.map((key) => this.delete(key)));
  }

  async clear(): Promise<void> {
    this.#onChange();
    await answerOf(this.#store.clear());
  }
}
