import { openSqlite, type Sqlite } from './sqlite.ts';

/** Of the longest rest: the shortest one, and how long it is asked for before it has the longest. */
const SHORTEST = 1 / 150;
const PROVEN = 1 / 60;

/**
 * So many connections that were asked for in passing stay open at most: each takes 0.3 MiB. What is
 * closed so soon is young for the engine too, which is how the drop-in driver lets go of it: it keeps a
 * closed connection until its statements are collected, and the engine knows nothing of that memory.
 */
const MOST_IN_PASSING = 16;
/** Those, as far as nobody uses them now; whoever rests longest comes first. */
const inPassing = new Set<IdleSqlite>();

/**
 * A connection that is opened when somebody needs it and closed again when nobody has for a while: a
 * server of a thousand chapters must not keep thousands of files open. One that was asked for in
 * passing, as by who looks through all chapters, is closed soon, and sooner when others are asked for;
 * one that people come back to for some seconds stays open for `idleMs` after the last of them.
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
    inPassing.delete(this);
    const now = performance.now();
    if (this.#users === 0 && now - this.#lastAt > this.#idleMs) this.#firstAt = now;
    this.#users += 1;
    return this.#sqlite;
  }

  rest(): void {
    this.#users -= 1;
    this.#lastAt = performance.now();
    if (this.#timer === null) this.#lookIn(this.#patience());
    if (this.#users > 0 || this.#isProven()) return;
    inPassing.add(this);
    const [longest] = inPassing;
    if (inPassing.size > MOST_IN_PASSING) longest?.close();
  }

  /** Called whenever the connection is closed: whoever keeps statements lets go of them. */
  whenClosed(listener: () => void): void {
    this.#listener = listener;
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    inPassing.delete(this);
    if (this.#sqlite === null) return;
    this.#sqlite.close();
    this.#sqlite = null;
    this.#listener();
  }

  #isProven(): boolean {
    return this.#lastAt - this.#firstAt > this.#idleMs * PROVEN;
  }

  #patience(): number {
    return this.#idleMs * (this.#isProven() ? 1 : SHORTEST);
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
