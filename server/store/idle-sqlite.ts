import { openSqlite, type Sqlite } from './sqlite.ts';

/** Of the longest rest: the shortest one, and how long it is asked for before it has the longest. */
const SHORTEST = 1 / 150;
const PROVEN = 1 / 10;

/**
 * A connection that is opened when somebody needs it and closed again when nobody has for a while: a
 * server of a thousand chapters must not keep thousands of files open. One that was asked for in
 * passing, as by who looks through all chapters, is closed soon; one that people come back to stays
 * open for `idleMs` after the last of them.
 */
export class IdleSqlite {
  readonly #path: string;
  readonly #readOnly: boolean;
  readonly #idleMs: number;
  #sqlite: Sqlite | null = null;
  #timer: NodeJS.Timeout | null = null;
  #users = 0;
  /** When somebody came first, after nobody had for `idleMs`, and when somebody went last. */
  #firstAt = Number.NEGATIVE_INFINITY;
  #lastAt = Number.NEGATIVE_INFINITY;
  #listener: () => void = () => {};

  constructor(path: string, options: { readOnly: boolean; idleMs: number }) {
    this.#path = path;
    this.#readOnly = options.readOnly;
    this.#idleMs = options.idleMs;
  }

  /** The connection, open until as many have called `rest` as have taken it. */
  take(): Sqlite {
    this.#sqlite ??= openSqlite(this.#path, { readOnly: this.#readOnly });
    const now = performance.now();
    if (this.#users === 0 && now - this.#lastAt > this.#idleMs) this.#firstAt = now;
    this.#users += 1;
    return this.#sqlite;
  }

  rest(): void {
    this.#users -= 1;
    this.#lastAt = performance.now();
    if (this.#timer === null) this.#lookIn(this.#patience());
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

  #patience(): number {
    const proven = this.#lastAt - this.#firstAt > this.#idleMs * PROVEN;
    return this.#idleMs * (proven ? 1 : SHORTEST);
  }

  #lookIn(ms: number): void {
    this.#timer = setTimeout(() => this.#look(), ms);
    this.#timer.unref();
  }

  #look(): void {
    this.#timer = null;
    // Whoever has it now comes back to `rest`.
    if (this.#users > 0) return;
    const left = this.#lastAt + this.#patience() - performance.now();
    if (left > 0) this.#lookIn(left);
    else this.close();
  }
}
