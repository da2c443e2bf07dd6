import type { OutboxOp } from './outbox-store.ts';

/** Where the facts of this phone lie. */
export interface FactSource {
  /** Those of these ids that are there, opened as far as they can be now; null: all. */
  readonly read: (opIds: readonly string[] | null) => Promise<readonly OutboxOp[]>;
  /** Calls back when some were written, in any tab; null: any of them. */
  readonly onWritten: (heard: (opIds: readonly string[] | null) => void) => () => void;
  /** Calls back when more or less of them can be read. */
  readonly onKeys: (heard: () => void) => () => void;
}

type Listener = (ops: readonly OutboxOp[]) => void;

/** What somebody else has done is shown so soon, in ms. */
const SOON = 30;
/** What was noted here is read back when the phone has drawn it, in ms. */
const LATER = 1_000;

function isSame(one: OutboxOp, other: OutboxOp): boolean {
  return (
    one.state === other.state &&
    one.body === other.body &&
    one.doorId === other.doorId &&
    one.settledAt === other.settledAt &&
    JSON.stringify(one.result) === JSON.stringify(other.result)
  );
}

/**
 * The facts of this phone in memory, once for all who show them. A knock adds its own; of what else
 * happens, in any tab, only the rows that were written are read again.
 */
export class OwnFacts {
  readonly #source: FactSource;
  readonly #listeners = new Set<Listener>();
  #ops = new Map<string, OutboxOp>();
  /** Written, and not read back yet. */
  readonly #noted = new Map<string, OutboxOp>();
  /** In the order of the phone; null before the first reading. */
  #list: readonly OutboxOp[] | null = null;
  /** To be read: these, or all. */
  #due: Set<string> | 'all' | null = null;
  #reading = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stop: (() => void) | null = null;

  constructor(source: FactSource) {
    this.#source = source;
  }

  /** Calls back with all of them once they are known and after every change, in any tab. */
  watch(listener: Listener): () => void {
    // The same function twice is two who watch.
    const mine: Listener = (ops) => listener(ops);
    this.#listeners.add(mine);
    if (this.#stop === null) this.#start();
    else if (this.#list !== null) queueMicrotask(() => this.#greet(mine));
    return () => {
      this.#listeners.delete(mine);
      if (this.#listeners.size === 0) this.#end();
    };
  }

  /** Shows one that has just been written, before it is read back. */
  note(op: OutboxOp): void {
    if (this.#list === null || this.#ops.has(op.opId) || this.#noted.has(op.opId)) return;
    this.#noted.set(op.opId, op);
    this.#tell();
  }

  #greet(listener: Listener): void {
    if (this.#list !== null && this.#listeners.has(listener)) listener(this.#list);
  }

  #start(): void {
    const stops = [
      this.#source.onWritten((opIds) => this.#await(opIds)),
      this.#source.onKeys(() => this.#await(null, 0)),
    ];
    this.#stop = () => stops.forEach((stop) => stop());
    this.#await(null, 0);
  }

  /** Nobody looks: nothing that can be read stays in memory. */
  #end(): void {
    clearTimeout(this.#timer);
    this.#stop?.();
    this.#stop = null;
    this.#due = null;
    this.#list = null;
    this.#ops.clear();
    this.#noted.clear();
  }

  #owe(opIds: readonly string[] | null): void {
    if (opIds === null) this.#due = 'all';
    else if (this.#due !== 'all') this.#due = new Set([...(this.#due ?? []), ...opIds]);
  }

  #await(opIds: readonly string[] | null, wait = SOON): void {
    this.#owe(opIds);
    const due = this.#due;
    const known = due instanceof Set && [...due].every((opId) => this.#noted.has(opId));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#read(), known ? LATER : wait);
  }

  async #read(): Promise<void> {
    const due = this.#due;
    if (due === null || this.#reading) return;
    this.#due = null;
    this.#reading = true;
    const stop = this.#stop;
    const noted = new Set(this.#noted.keys());
    const opIds = due === 'all' ? null : [...due];
    const rows = await this.#source.read(opIds).catch(() => null);
    this.#reading = false;
    // Somebody who watches since has asked for all.
    if (stop !== this.#stop) return this.#goOn();
    if (rows !== null) this.#take(opIds, rows, noted);
    // What cannot be read is told by whoever writes next, and is read then.
    else return this.#owe(opIds);
    this.#goOn();
  }

  #goOn(): void {
    if (this.#stop !== null && this.#due !== null) this.#await([]);
  }

  #take(
    opIds: readonly string[] | null,
    rows: readonly OutboxOp[],
    noted: ReadonlySet<string>,
  ): void {
    const before = this.#ops;
    const after = new Map(opIds === null ? [] : before);
    for (const opId of opIds ?? noted) {
      after.delete(opId);
      this.#noted.delete(opId);
    }
    for (const row of rows) {
      const known = before.get(row.opId);
      after.set(row.opId, known !== undefined && isSame(known, row) ? known : row);
      this.#noted.delete(row.opId);
    }
    this.#ops = after;
    this.#tell();
  }

  #tell(): void {
    const list = [...this.#ops.values(), ...this.#noted.values()];
    list.sort((one, other) => one.localSeq - other.localSeq);
    const before = this.#list;
    if (before?.length === list.length && list.every((op, at) => op === before[at])) return;
    this.#list = list;
    for (const listener of this.#listeners) listener(list);
  }
}
