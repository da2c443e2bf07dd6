import type { GuardKind } from '../../../client/lock/lock-disk.ts';
import { hashedBytes } from '../hashed-bytes.ts';

/** What the lock keeps between two starts of the app. Keys are numbers here. */
export interface LockNotes {
  guard: GuardKind | null;
  /** The turf's key behind the guard. */
  wrapped: number | null;
  /** The key that the list lies behind. */
  rows: number | null;
  made: number;
  /** The key that the copy of each fact lies behind. */
  readonly copies: Map<string, number>;
}

export function makeLockNotes(guard: GuardKind | null): LockNotes {
  return { guard, wrapped: null, rows: null, made: 0, copies: new Map() };
}

/** Who carries a phone has chosen a PIN, skipped it, or not chosen yet: a third each. */
export function drawGuard(name: string): GuardKind | null {
  const [chance = 0] = hashedBytes(`guard ${name}`)(1);
  if (chance < 86) return 'pin';
  return chance < 172 ? 'none' : null;
}

/** The key of a phone whose rows nobody guards: the same at every start. */
const BARE = 0;

/** The lock of one start of the app: which keys are in its memory. */
export class SimLock {
  readonly #notes: LockNotes;
  #opened = false;
  #key: number | null = null;

  constructor(notes: LockNotes) {
    this.#notes = notes;
    if (notes.guard === null) this.#key = BARE;
  }

  get locked(): boolean {
    return this.#notes.guard === 'pin' && !this.#opened;
  }

  /** The key that rows are read with now; null when there is none. */
  get key(): number | null {
    return this.locked ? null : this.#key;
  }

  /** Rows of this key can be read now. */
  reads(key: number | null | undefined): boolean {
    return this.#notes.guard === null || (this.key !== null && this.key === key);
  }

  take(): number {
    if (this.key !== null) return this.key;
    this.#notes.made += 1;
    this.#key = this.#notes.made;
    if (this.#opened) this.#notes.wrapped = this.#key;
    return this.#key;
  }

  destroy(): void {
    this.#notes.wrapped = null;
    this.#key = this.#notes.guard === null ? BARE : null;
  }

  clear(): void {
    this.#notes.guard = null;
    this.#key = BARE;
  }

  /** The person gives the PIN. What was fetched meanwhile is the newer list. */
  open(): void {
    if (!this.locked) return;
    this.#opened = true;
    if (this.#key === null) this.#key = this.#notes.wrapped;
    else this.#notes.wrapped = this.#key;
  }

  /** Five minutes without a touch. */
  lock(): void {
    if (this.#notes.guard !== 'pin') return;
    this.#opened = false;
    this.#key = null;
  }
}
