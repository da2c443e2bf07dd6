import { openSqlite, type Sqlite } from './sqlite.ts';

/**
 * A connection that is opened when somebody needs it and closed again when nobody has for a while: a
 * server of a thousand chapters must not keep thousands of files open.
 */
export class IdleSqlite {
  readonly #path: string;
  readonly #readOnly: boolean;
  readonly #idleMs: number;
  #sqlite: Sqlite | null = null;
  #timer: NodeJS.Timeout | null = null;
  #users = 0;
  #listener: () => void = () => {};

  constructor(path: string, options: { readOnly: boolean; idleMs: number }) {
    this.#path = path;
    this.#readOnly = options.readOnly;
    this.#idleMs = options.idleMs;
  }

  /** The connection, open until as many have called `rest` as have taken it. */
  take(): Sqlite {
    this.#sqlite ??= openSqlite(this.#path, { readOnly: this.#readOnly });
    this.#users += 1;
    return this.#sqlite;
  }

  rest(): void {
    this.#users -= 1;
    if (this.#timer !== null) {
      this.#timer.refresh();
      return;
    }
    this.#timer = setTimeout(() => this.#rest(), this.#idleMs);
    this.#timer.unref();
  }

  /** Called whenever the connection is closed: whoever keeps statements lets go of them. */
  whenClosed(listener: () => void): void {
    this.#listener = listener;
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#sqlite?.close();
    this.#sqlite = null;
    this.#listener();
  }

  #rest(): void {
    // Whoever has it now comes back here.
    this.#timer = null;
    if (this.#users === 0) this.close();
  }
}
