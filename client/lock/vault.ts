import type { TurfId } from '#shared/kernel/ids.ts';
import type { Guard, GuardKind, LockDisk } from './lock-disk.ts';
import type { OpenKeys, TabWire, WireWord } from './tab-wire.ts';
import {
  type Bytes,
  fromHandles,
  importTurfKey,
  openBytes,
  shutBytes,
  TURF_KEY_BYTES,
  type TurfKey,
} from './turf-key.ts';
import { isSpent } from './wrong-tries.ts';

/** How the lock stands, for screens. */
export interface LockView {
  /** `locked`: a PIN or passkey opens it. `open` says nothing of whether there is anything to read. */
  readonly state: 'starting' | 'open' | 'locked';
  /** Null until the person has chosen. */
  readonly guard: GuardKind | null;
  /** No try is left: what was behind the PIN is destroyed, or about to be. */
  readonly spent: boolean;
}

/** What the stores ask of the lock. */
export interface TurfKeys {
  /** The key of the turf on this phone; null while it is locked, and when there is none. */
  find(): Promise<TurfKey | null>;
  /** True while a PIN or passkey must be given first. */
  isLocked(): Promise<boolean>;
  /** True until the person has chosen how the phone is guarded. */
  isUndecided(): Promise<boolean>;
  /** True once no try is left. */
  isSpent(): Promise<boolean>;
  /** The key of this turf, made when there is none: for rows that are about to be written. */
  take(turfId: TurfId): Promise<TurfKey>;
  /** Destroys the turf's key, for good. */
  destroy(): Promise<void>;
  /** Calls back after every opening, locking and destroying. */
  subscribe(listener: () => void): () => void;
}

/** How long to wait for another tab that says it has keys, in ms. */
const PATIENCE = 800;

/**
 * The lock at work: the turf's key in memory while it is open, and on the disk only behind the
 * guard's key. One for a page; what happens in one tab happens in all.
 */
export class Vault implements TurfKeys {
  readonly disk: LockDisk;
  readonly #wire: TabWire | null;
  readonly #listeners = new Set<() => void>();
  #guard: Guard | null = null;
  #guardKey: CryptoKey | null = null;
  #turf: TurfKey | null = null;
  #raw: Bytes | null = null;
  #spent = false;
  #started: Promise<void> | null = null;
  #heard: (() => void) | null = null;
  #view: LockView = { state: 'starting', guard: null, spent: false };

  constructor(disk: LockDisk, wire: TabWire | null = null) {
    this.disk = disk;
    this.#wire = wire;
  }

  readonly read = (): LockView => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Reads the guard, and asks other tabs for what they have opened. Once. */
  ready(): Promise<void> {
    this.#started ??= this.#start().catch((error: unknown) => {
      this.#started = null;
      throw error;
    });
    return this.#started;
  }

  async find(): Promise<TurfKey | null> {
    await this.ready();
    return this.#isLocked() ? null : this.#turf;
  }

  async isLocked(): Promise<boolean> {
    await this.ready();
    return this.#isLocked();
  }

  async isUndecided(): Promise<boolean> {
    await this.ready();
    return this.#guard === null;
  }

  async isSpent(): Promise<boolean> {
    await this.ready();
    return this.#spent;
  }

  async take(turfId: TurfId): Promise<TurfKey> {
    await this.ready();
    if (this.#turf?.turfId === turfId && !this.#isLocked()) return this.#turf;
    const raw = crypto.getRandomValues(new Uint8Array(TURF_KEY_BYTES));
    const key = await importTurfKey(turfId, raw);
    // Behind the guard at once; while that is locked it waits in memory for it to be opened.
    if (this.#guardKey !== null)
      await this.disk.putTurf(turfId, await wrap(this.#guardKey, turfId, raw));
    this.#turf = key;
    this.#raw = this.#guardKey === null ? raw : null;
    this.#share();
    this.#tell();
    return key;
  }

  async destroy(): Promise<void> {
    this.#turf = null;
    this.#raw = null;
    await this.disk.dropTurfs();
    this.#spent = isSpent(await this.disk.readTries());
    this.#wire?.post({ kind: 'gone' });
    this.#tell();
  }

  /** Everything in memory goes that a PIN or passkey can bring back. */
  lock(): void {
    if (this.#guardKey === null) return;
    this.#wire?.post({ kind: 'lock' });
    this.#forget();
    this.#tell();
  }

  /** Opens with the guard's key, which whoever calls has checked. */
  async open(guardKey: CryptoKey): Promise<void> {
    const kept = await this.disk.readTurf();
    // What was fetched while it was locked is the newer one.
    if (this.#turf !== null && this.#raw !== null) {
      await this.disk.putTurf(
        this.#turf.turfId,
        await wrap(guardKey, this.#turf.turfId, this.#raw),
      );
      this.#raw = null;
    } else if (kept !== null) {
      const raw = await unwrap(guardKey, kept.turfId, kept.box);
      this.#turf = raw === null ? null : await importTurfKey(kept.turfId, raw);
    }
    this.#guardKey = guardKey;
    this.#share();
    this.#tell();
  }

  /**
   * Puts another guard in the place of the one before; what is open stays open. Throws while it is
   * locked, or else whoever finds the phone would choose; a turf that was just taken anew may be guarded.
   */
  async changeGuard(guard: Guard, guardKey: CryptoKey | null): Promise<void> {
    await this.ready();
    if (!this.mayChangeGuard()) throw new Error('locked');
    const raw = this.#raw ?? (await this.#readRaw());
    const turfId = this.#turf?.turfId;
    const box =
      guardKey === null || raw === null || turfId === undefined
        ? null
        : await wrap(guardKey, turfId, raw);
    await this.disk.putGuard(guard, box === null || turfId === undefined ? null : { turfId, box });
    this.#guard = guard;
    this.#guardKey = guardKey;
    this.#raw = guardKey === null ? raw : null;
    this.#spent = false;
    this.#share();
    this.#tell();
  }

  /** The last try was wrong: the turf's key is destroyed at once, in memory and on the disk. */
  async spend(): Promise<void> {
    this.#spent = true;
    this.#forget();
    await this.destroy();
  }

  /** The guard goes too: whoever takes a turf next chooses anew. */
  async clear(): Promise<void> {
    this.#forget();
    await this.disk.clear();
    this.#guard = null;
    this.#spent = false;
    this.#wire?.post({ kind: 'gone' });
    this.#tell();
  }

  /** Deletes the lock's database by its name. */
  async remove(): Promise<void> {
    await this.clear();
    await this.disk.remove();
  }

  /** Whoever sits here has opened it, or brought a code for what is on it. */
  mayChangeGuard(): boolean {
    return !this.#isLocked() || this.#raw !== null;
  }

  get guard(): Guard | null {
    return this.#guard;
  }

  #isLocked(): boolean {
    const kind = this.#guard?.kind ?? 'none';
    return kind !== 'none' && this.#guardKey === null;
  }

  async #start(): Promise<void> {
    const heard = new Promise<void>((resolve) => {
      this.#heard = resolve;
    });
    this.#wire?.listen((word) => void this.#hear(word));
    // Asked at once: an answer is on its way while it is looked up whether there is one to wait for.
    this.#wire?.post({ kind: 'ask' });
    const [others] = await Promise.all([this.#wire?.othersHold(), this.#look()]);
    if (others === true && this.#turf === null) {
      await Promise.race([heard, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
    }
    this.#tell();
  }

  async #look(): Promise<void> {
    const { guard, tries } = await this.disk.readStart();
    this.#guard = guard;
    this.#spent = isSpent(tries);
  }

  async #hear(word: WireWord): Promise<void> {
    switch (word.kind) {
      case 'ask':
        return this.#share();
      case 'keys':
        this.#adopt(word.keys);
        this.#heard?.();
        return this.#tell();
      case 'lock':
        if (this.#guardKey !== null) this.#forget();
        return this.#tell();
      case 'gone':
        this.#turf = null;
        this.#raw = null;
        await this.#look();
        if (this.#guard === null || this.#spent) this.#forget();
        return this.#tell();
      case 'touch':
        return;
    }
  }

  #adopt({ guard, guardKey, turf, raw }: OpenKeys): void {
    this.#guard = guard;
    this.#guardKey = guardKey;
    this.#turf = turf === null ? null : fromHandles(turf);
    this.#raw = raw;
    this.#spent = false;
  }

  /** What this tab has opened, for those that ask. */
  #share(): void {
    if (this.#turf === null && this.#guardKey === null) return;
    const turf: OpenKeys['turf'] = this.#turf && {
      turfId: this.#turf.turfId,
      boxes: this.#turf.boxes,
      names: this.#turf.names,
    };
    const keys = { guard: this.#guard, guardKey: this.#guardKey, turf, raw: this.#raw };
    this.#wire?.post({ kind: 'keys', keys });
  }

  #forget(): void {
    this.#guardKey = null;
    this.#turf = null;
    this.#raw = null;
  }

  async #readRaw(): Promise<Bytes | null> {
    const kept = await this.disk.readTurf();
    if (kept === null || this.#guardKey === null) return null;
    return unwrap(this.#guardKey, kept.turfId, kept.box);
  }

  #tell(): void {
    const state = this.#isLocked() ? 'locked' : 'open';
    this.#view = { state, guard: this.#guard?.kind ?? null, spent: this.#spent };
    this.#wire?.hold(this.#turf !== null || this.#guardKey !== null);
    for (const listener of this.#listeners) listener();
  }
}

const wrap = (key: CryptoKey, turfId: TurfId, raw: Bytes): Promise<Bytes> =>
  shutBytes(key, raw, `turf ${turfId}`);
const unwrap = (key: CryptoKey, turfId: TurfId, box: Uint8Array): Promise<Bytes | null> =>
  openBytes(key, box, `turf ${turfId}`);
