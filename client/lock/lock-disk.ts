import { Database } from '../idb/database.ts';
import type { IdbSource } from '../idb/source.ts';
import type { Table } from '../idb/table.ts';
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

interface LockTables {
  readonly entries: Table<Entry>;
}
type Entries = LockTables['entries'];

/**
 * What the lock keeps between two starts of the app, in a database of its own: the guard, the turf
 * key behind it, the wrong tries, and a key of this browser that it never gives out. Nothing here
 * opens anything by itself.
 */
export class LockDisk {
  readonly #db: Database<LockTables>;

  constructor(source?: IdbSource) {
    const shape = { name: LOCK_NAME, version: 10, tables: { entries: { key: 'name' } } };
    this.#db = new Database<LockTables>(shape, source);
  }

  async readGuard(): Promise<Guard | null> {
    return ((await this.#find('guard')) as Guard | undefined) ?? null;
  }

  /** A new guard, with what is behind it, in the place of the one before; tries begin at none. */
  putGuard(
    guard: Guard,
    turf: { readonly turfId: TurfId; readonly box: Bytes } | null,
  ): Promise<void> {
    return this.#change(async (entries) => {
      await dropTurfs(entries);
      await entries.delete('tries');
      await entries.put({ name: 'guard', value: guard });
      if (turf !== null) await entries.put({ name: TURF + turf.turfId, value: turf.box });
    });
  }

  /** The turf key behind the guard; a phone holds one turf, so the one before goes. */
  putTurf(turfId: TurfId, box: Bytes): Promise<void> {
    return this.#change(async (entries) => {
      await dropTurfs(entries);
      await entries.put({ name: TURF + turfId, value: box });
    });
  }

  async readTurf(): Promise<{ readonly turfId: TurfId; readonly box: Bytes } | null> {
    const all = await this.#db.read(['entries'], ({ entries }) => entries.all());
    const entry = all.find(({ name }) => name.startsWith(TURF));
    if (entry === undefined) return null;
    return { turfId: entry.name.slice(TURF.length) as TurfId, box: entry.value as Bytes };
  }

  dropTurfs(): Promise<void> {
    return this.#change(dropTurfs);
  }

  /** A key that this browser uses and never gives out, made at the first use. */
  async readDeviceKey(make: () => Promise<CryptoKey>): Promise<CryptoKey> {
    const known = await this.#find('device');
    if (known !== undefined) return known as CryptoKey;
    // Made before the transaction: IndexedDB commits one that waits for WebCrypto.
    const made = await make();
    return this.#change(async (entries) => {
      const other = (await entries.get('device'))?.value;
      if (other !== undefined) return other as CryptoKey;
      await entries.put({ name: 'device', value: made });
      return made;
    });
  }

  async readTries(): Promise<Tries> {
    return triesOf(await this.#find('tries'));
  }

  /** Changes the count of wrong tries; durable when it resolves. */
  changeTries(change: (tries: Tries) => Tries): Promise<Tries> {
    return this.#change(async (entries) => {
      const value = change(triesOf((await entries.get('tries'))?.value));
      await entries.put({ name: 'tries', value });
      return value;
    });
  }

  /** Leaves nothing at all, the browser's own key included. */
  clear(): Promise<void> {
    return this.#change((entries) => entries.clear());
  }

  /** Deletes the database by its name. */
  remove(): Promise<void> {
    return this.#db.remove();
  }

  close(): void {
    this.#db.close();
  }

  async #find(name: string): Promise<unknown> {
    return (await this.#db.read(['entries'], ({ entries }) => entries.get(name)))?.value;
  }

  #change<T>(work: (entries: Entries) => Promise<T>): Promise<T> {
    return this.#db.write(['entries'], ({ entries }) => work(entries));
  }
}

async function dropTurfs(entries: Entries): Promise<void> {
  const names = await entries.keys();
  await entries.deleteMany(names.filter((name) => name.startsWith(TURF)));
}

const triesOf = (value: unknown): Tries => (value as Tries | undefined) ?? NO_TRIES;

/** Wrong tries in a row, and when the next one may be made, by the phone's clock. */
export interface Tries {
  readonly wrong: number;
  readonly triedAt: number;
}

const NO_TRIES: Tries = { wrong: 0, triedAt: 0 };
