import type { Sqlite, StatementSync } from './sqlite.ts';

type Value = string | number | null | Uint8Array;

/**
 * Rows for one table, sent many at a time: a row of eight columns costs little more than half of
 * what it costs in a call of its own (1.2 against 2.0 µs of processor, Node 20). Call `flush` before
 * the transaction ends.
 */
export class BulkInsert {
  readonly #width: number;
  readonly #group: number;
  readonly #many: StatementSync;
  readonly #one: StatementSync;
  /** The values of a whole group; `#held` of them belong to rows that wait. */
  readonly #values: Value[];
  #held = 0;

  constructor(sqlite: Sqlite, insert: string, columns: readonly string[], conflict = '') {
    this.#width = columns.length;
    this.#group = Math.floor(480 / columns.length);
    const row = `(${columns.map(() => '?').join(', ')})`;
    const rows = (count: number): string =>
      `${insert} (${columns.join(', ')}) values ${Array.from({ length: count }, () => row).join(', ')} ${conflict}`;
    this.#many = sqlite.prepare(rows(this.#group));
    this.#one = sqlite.prepare(rows(1));
    this.#values = Array.from({ length: this.#group * this.#width }, () => null);
  }

  add(...values: Value[]): void {
    for (const value of values) this.#values[this.#held++] = value;
    if (this.#held === this.#values.length) {
      this.#held = 0;
      this.#many.run(...this.#values);
    }
  }

  flush(): void {
    const held = this.#held;
    this.#held = 0;
    for (let at = 0; at < held; at += this.#width) {
      this.#one.run(...this.#values.slice(at, at + this.#width));
    }
  }
}
