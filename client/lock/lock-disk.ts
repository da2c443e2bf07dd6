import { Dexie, type Table } from 'dexie';
import type { TurfId } from '#shared/kernel/ids.ts';
import type { Bytes } from './turf-key.ts';

/** By what the turf key is opened again after a pause. `none`: by nothing, it lives in memory alone. */
export type GuardKind = 'passkey' | 'pin' | 'none';

/** How this phone is guarded. */
export interface Guard {
  readonly kind: GuardKind;
  /** Of the PIN, or what the passkey is asked with; made on this phone and unlike any other's. */
  readonly salt: Bytes;
  /** A known text behind the guard's key: tells a wrong PIN without any turf. */
  readonly check: Bytes;
  /** Whom to ask: absent without a passkey. */
  readonly credentialId?: Bytes;
}

interface Entry {
  readonly name: string;
  readonly value: unknown;
}

export const LOCK_NAME = 'homeground-lock';

const TURF = 'turf:';

/** Where IndexedDB comes from, when it is not the browser's own. */
export interface LockSource {
  readonly indexedDB: IDBFactory;
  readonly IDBKeyRange: typeof IDBKeyRange;
}

/**
 * What the lock keeps between two starts of the app, in a database of its own: the guard, the turf
 * key behind it, the wrong tries, and a key of this browser that it never gives out. Nothing here
 * opens anything by itself.
 */
export class LockDisk {
  readonly #db: Dexie;
  readonly #entries: Table<Entry, string>;

  constructor(source?: LockSource) {
    this.#db = new Dexie(LOCK_NAME, { chromeTransactionDurability: 'strict', ...source });
    this.#db.version(1).stores({ entries: 'name' });
    this.#entries = this.#db.table('entries');
  }

  /** What a start of the app asks for, of one moment. */
  async readStart(): Promise<{ readonly guard: Guard | null; readonly tries: Tries }> {
    const [guard, tries] = await this.#entries.bulkGet(['guard', 'tries']);
    return {
      guard: (guard?.value as Guard | undefined) ?? null,
      tries: (tries?.value as Tries | undefined) ?? NO_TRIES,
    };
  }

  /** A new guard, with what is behind it, in the place of the one before; tries begin at none. */
  putGuard(
    guard: Guard,
    turf: { readonly turfId: TurfId; readonly box: Bytes } | null,
  ): Promise<void> {
    return this.#change(async () => {
      await this.#entries.where('name').startsWith(TURF).delete();
      await this.#entries.bulkDelete(['tries']);
      await this.#entries.put({ name: 'guard', value: guard });
      if (turf !== null) await this.#entries.put({ name: TURF + turf.turfId, value: turf.box });
    });
  }

  /** The turf key behind the guard; a phone holds one turf, so the one before goes. */
  putTurf(turfId: TurfId, box: Bytes): Promise<void> {
    return this.#change(async () => {
      await this.#entries.where('name').startsWith(TURF).delete();
      await this.#entries.put({ name: TURF + turfId, value: box });
    });
  }

  async readTurf(): Promise<{ readonly turfId: TurfId; readonly box: Bytes } | null> {
    const [entry] = await this.#entries.where('name').startsWith(TURF).toArray();
    if (entry === undefined) return null;
    return { turfId: entry.name.slice(TURF.length) as TurfId, box: entry.value as Bytes };
  }

  async dropTurfs(): Promise<void> {
    await this.#entries.where('name').startsWith(TURF).delete();
  }

  /** A key that this browser uses and never gives out, made at the first use. */
  async readDeviceKey(make: () => Promise<CryptoKey>): Promise<CryptoKey> {
    const known = (await this.#entries.get('device'))?.value;
    if (known !== undefined) return known as CryptoKey;
    // Made before the transaction: IndexedDB commits one that waits for WebCrypto.
    const made = await make();
    return this.#change(async () => {
      const other = (await this.#entries.get('device'))?.value;
      if (other !== undefined) return other as CryptoKey;
      await this.#entries.put({ name: 'device', value: made });
      return made;
    });
  }

  async readTries(): Promise<Tries> {
    return ((await this.#entries.get('tries'))?.value as Tries | undefined) ?? NO_TRIES;
  }

  /** Changes the count of wrong tries; durable when it resolves. */
  changeTries(change: (tries: Tries) => Tries): Promise<Tries> {
    return this.#change(async () => {
      const value = change(await this.readTries());
      await this.#entries.put({ name: 'tries', value });
      return value;
    });
  }

  /** Leaves nothing at all, the browser's own key included. */
  clear(): Promise<void> {
    return this.#change(() => this.#entries.clear());
  }

  /** Deletes the database by its name. */
  async remove(): Promise<void> {
    await this.#db.delete({ disableAutoOpen: false });
  }

  close(): void {
    this.#db.close();
  }

  async #change<T>(work: () => PromiseLike<T>): Promise<T> {
    const change = (): PromiseLike<T> =>
      this.#db.transaction('rw', this.#entries, async () => work());
    try {
      return await change();
    } catch {
      // A connection that the browser has dropped is opened again, once.
      this.#db.close({ disableAutoOpen: false });
      await this.#db.open();
      return await change();
    }
  }
}

/** Wrong tries in a row, and when the next one may be made, by the phone's clock. */
export interface Tries {
  readonly wrong: number;
  readonly triedAt: number;
}

const NO_TRIES: Tries = { wrong: 0, triedAt: 0 };
