import { Dexie, liveQuery, type Table } from 'dexie';
import type { DeviceId } from '#shared/kernel/ids.ts';
import type { Stamp } from '#shared/merge/stamps.ts';
import type { OpResult } from '#shared/sync/protocol.ts';
import type { Contact, Identity, OutboxHead, OutboxOp, OutboxStore } from './outbox-store.ts';
import { onOpenDatabase } from './on-open-database.ts';

interface HeadRow extends OutboxHead {
  readonly name: 'head';
  readonly deviceId: DeviceId | null;
}

/** Far more of a phone's own facts than a server keeps back between two pulls. */
const LATEST = 400;

export const OUTBOX_NAME = 'homeground-outbox';

/** Where IndexedDB comes from, when it is not the browser's own. */
export interface IdbSource {
  readonly indexedDB: IDBFactory;
  readonly IDBKeyRange: typeof IDBKeyRange;
}

/**
 * The outbox in an IndexedDB database of its own, whose schema is frozen: version 1 for ever, so
 * that no upgrade ever runs over unsent facts (P3). Strict durability: saved means on the disk.
 */
export class DexieOutbox implements OutboxStore {
  readonly #db: Dexie;
  readonly #ops: Table<OutboxOp, string>;
  readonly #head: Table<HeadRow, string>;
  readonly #identities: Table<Identity, string>;
  readonly #makeEpoch: () => string;

  constructor(makeEpoch: () => string, source?: IdbSource) {
    this.#makeEpoch = makeEpoch;
    this.#db = new Dexie(OUTBOX_NAME, { chromeTransactionDurability: 'strict', ...source });
    this.#db
      .version(1)
      .stores({ ops: 'opId, state, localSeq', head: 'name', identities: 'deviceId' });
    this.#ops = this.#db.table('ops');
    this.#head = this.#db.table('head');
    this.#identities = this.#db.table('identities');
  }

  async readHead(): Promise<OutboxHead> {
    const row = await onOpenDatabase(this.#db, () => this.#head.get('head'));
    return row ?? (await this.#changeHead((head) => head));
  }

  async readIdentity(): Promise<Identity | null> {
    return onOpenDatabase(this.#db, () =>
      this.#db.transaction('r', this.#head, this.#identities, async () => {
        const deviceId = (await this.#head.get('head'))?.deviceId ?? null;
        return deviceId === null ? null : ((await this.#identities.get(deviceId)) ?? null);
      }),
    );
  }

  readIdentities(): Promise<readonly Identity[]> {
    return onOpenDatabase(this.#db, () => this.#identities.toArray());
  }

  async putIdentity(identity: Identity): Promise<void> {
    await this.#changeHead(async (head) => {
      await this.#identities.put(identity);
      return { ...head, deviceId: identity.deviceId };
    });
  }

  append(op: OutboxOp, stamp: Stamp): Promise<'saved' | 'moved'> {
    return onOpenDatabase(this.#db, () =>
      this.#db.transaction('rw', this.#ops, this.#head, async () => {
        const [head, before] = await Promise.all([this.#head.get('head'), this.#ops.get(op.opId)]);
        // The first try may have been written although the browser said that it was not.
        if (before !== undefined) return 'saved';
        if (head?.nextSeq !== op.localSeq) return 'moved';
        const next = { ...head, nextSeq: op.localSeq + 1, lastStamp: stamp };
        await Promise.all([this.#ops.add(op), this.#head.put(next)]);
        return 'saved';
      }),
    );
  }

  listUnsent(): Promise<readonly OutboxOp[]> {
    return onOpenDatabase(this.#db, () =>
      this.#ops.where('state').equals('unsent').sortBy('localSeq'),
    );
  }

  listAll(): Promise<readonly OutboxOp[]> {
    return onOpenDatabase(this.#db, () => this.#ops.orderBy('localSeq').toArray());
  }

  settle(results: readonly OpResult[]): Promise<void> {
    return onOpenDatabase(this.#db, () =>
      this.#db.transaction('rw', this.#ops, async () => {
        const rows = await this.#ops.bulkGet(results.map((result) => result.opId));
        const settled = rows.flatMap((op, index): OutboxOp[] => {
          const result = results[index];
          if (op?.state !== 'unsent' || result === undefined) return [];
          const state = result.status === 'held' ? 'held' : 'acked';
          return [{ ...op, state, result }];
        });
        await this.#ops.bulkPut(settled);
      }),
    );
  }

  async noteContact(contact: Contact): Promise<void> {
    await this.#changeHead((head) => ({ ...head, ...contact }));
  }

  watchUnsent(listener: (unsent: number) => void): () => void {
    return this.#watch(() => this.#count('unsent'), listener);
  }

  watchHeld(listener: (held: number) => void): () => void {
    return this.#watch(() => this.#count('held'), listener);
  }

  /** Calls back now and after every change, in any tab, with everything that was ever saved here. */
  watchAll(listener: (ops: readonly OutboxOp[]) => void): () => void {
    return this.#watch(() => this.#ops.orderBy('localSeq').toArray(), listener);
  }

  /**
   * Calls back now and after every change, in any tab, with what the log may not have brought back
   * yet: everything unsent, and the latest of the rest. All would be read again at every knock.
   */
  watchOwn(listener: (ops: readonly OutboxOp[]) => void): () => void {
    return this.#watch(async () => {
      const [unsent, latest] = await Promise.all([
        this.#ops.where('state').equals('unsent').sortBy('localSeq'),
        this.#ops.orderBy('localSeq').reverse().limit(LATEST).toArray(),
      ]);
      const first = latest.at(-1)?.localSeq ?? 0;
      return [...unsent.filter((op) => op.localSeq < first), ...latest.reverse()];
    }, listener);
  }

  close(): void {
    this.#db.close();
  }

  #count(state: OutboxOp['state']): PromiseLike<number> {
    return this.#ops.where('state').equals(state).count();
  }

  #watch<T>(query: () => PromiseLike<T>, listener: (value: T) => void): () => void {
    // A database that cannot be read is told by whoever writes to it next.
    const live = liveQuery(async () => query()).subscribe({ next: listener, error: () => {} });
    return () => live.unsubscribe();
  }

  /** Changes the head in one transaction, making it first in a new database. */
  #changeHead(change: (head: HeadRow) => HeadRow | Promise<HeadRow>): Promise<HeadRow> {
    const first: HeadRow = {
      name: 'head',
      dbEpoch: this.#makeEpoch(),
      nextSeq: 1,
      lastStamp: null,
      clockOffsetMs: null,
      incarnation: null,
      deviceId: null,
    };
    return onOpenDatabase(this.#db, () =>
      this.#db.transaction('rw', this.#head, this.#identities, async () => {
        const next = await change((await this.#head.get('head')) ?? first);
        await this.#head.put(next);
        return next;
      }),
    );
  }
}
