import { Dexie, type Table } from 'dexie';
import type { DeviceId } from '#shared/kernel/ids.ts';
import type { IdbSource } from './idb-source.ts';
import { type MakeRoom, onOpenDatabase } from './on-open-database.ts';
import type { CarriedFile, HeadNotes, Identity, OutboxHead } from './outbox-store.ts';
import type { StoredOp } from './shut-op.ts';

/** The head as it lies there: one that an earlier version wrote lacks notes. */
export interface HeadRow extends Omit<OutboxHead, keyof HeadNotes>, Partial<HeadNotes> {
  readonly name: 'head';
  /** Whose facts are written; null before anybody has joined. */
  readonly deviceId: DeviceId | null;
}
/** Other phones' files lie beside the head: the schema is frozen, and they are few. */
export interface CarriedRow {
  readonly name: `carried:${string}`;
  readonly carried: CarriedFile;
}
export type NamedRow = HeadRow | CarriedRow;

export const OUTBOX_NAME = 'homeground-outbox';

/**
 * The outbox's IndexedDB database and its tables. The schema is frozen: version 1 for ever, so that
 * no upgrade ever runs over unsent facts (P3); rows may gain fields, and every reader takes rows
 * without them. Strict durability: saved means on the disk.
 */
export class OutboxDb {
  readonly ops: Table<StoredOp, string>;
  readonly head: Table<NamedRow, string>;
  readonly identities: Table<Identity, string>;
  readonly #db: Dexie;
  readonly #makeEpoch: () => string;
  readonly #makeRoom: MakeRoom | undefined;

  constructor(makeEpoch: () => string, source?: IdbSource, makeRoom?: MakeRoom) {
    this.#makeEpoch = makeEpoch;
    this.#makeRoom = makeRoom;
    this.#db = new Dexie(OUTBOX_NAME, {
      chromeTransactionDurability: 'strict',
      // Its copies of every answer would be most of what a long walk takes of the memory.
      cache: 'disabled',
      ...source,
    });
    this.#db
      .version(1)
      .stores({ ops: 'opId, state, localSeq', head: 'name', identities: 'deviceId' });
    this.ops = this.#db.table('ops');
    this.head = this.#db.table('head');
    this.identities = this.#db.table('identities');
  }

  /** Runs one query, on a database that is opened again should the browser have closed it. */
  open<T>(work: () => PromiseLike<T>): Promise<T> {
    return onOpenDatabase(this.#db, work, this.#makeRoom);
  }

  /** Reads of one moment. */
  look<T>(tables: readonly Table[], work: () => PromiseLike<T>): Promise<T> {
    return this.open(() => this.#db.transaction('r', [...tables], async () => work()));
  }

  /** All of it happens or nothing, durable when it resolves. */
  change<T>(tables: readonly Table[], work: () => PromiseLike<T>): Promise<T> {
    return this.open(() => this.#db.transaction('rw', [...tables], async () => work()));
  }

  /** Changes the head in one transaction of all tables, making it first in a new database. */
  changeHead(change: (head: HeadRow) => HeadRow | Promise<HeadRow>): Promise<HeadRow> {
    const first: HeadRow = {
      name: 'head',
      dbEpoch: this.#makeEpoch(),
      nextSeq: 1,
      lastStamp: null,
      clockOffsetMs: null,
      incarnation: null,
      deviceId: null,
    };
    return this.change([this.head, this.identities, this.ops], async () => {
      const next = await change((await this.findHead()) ?? first);
      await this.head.put(next);
      return next;
    });
  }

  /** As it is now, in whatever transaction the caller has; undefined in a new database. */
  async findHead(): Promise<HeadRow | undefined> {
    const row = await this.head.get('head');
    return row?.name === 'head' ? row : undefined;
  }

  close(): void {
    this.#db.close();
  }
}
