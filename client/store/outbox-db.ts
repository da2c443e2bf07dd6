import type { DeviceId } from '#shared/kernel/ids.ts';
import { Database } from '../idb/database.ts';
import type { IdbSource } from '../idb/source.ts';
import type { Table } from '../idb/table.ts';
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

/** The tables of the outbox. */
export interface OutboxTables {
  readonly ops: Table<StoredOp>;
  readonly head: Table<NamedRow>;
  readonly identities: Table<Identity>;
}
type Name = keyof OutboxTables;

export const OUTBOX_NAME = 'homeground-outbox';

/**
 * The outbox's IndexedDB database. The schema is frozen: version 1 for ever, so that no upgrade ever
 * runs over unsent facts (P3); rows may gain fields, and every reader takes rows without them. Strict
 * durability: saved means on the disk.
 */
export class OutboxDb {
  readonly #db: Database<OutboxTables>;
  readonly #makeEpoch: () => string;
  readonly #makeRoom: MakeRoom | undefined;

  constructor(makeEpoch: () => string, source?: IdbSource, makeRoom?: MakeRoom) {
    this.#makeEpoch = makeEpoch;
    this.#makeRoom = makeRoom;
    this.#db = new Database<OutboxTables>(
      {
        name: OUTBOX_NAME,
        version: 10,
        tables: {
          ops: { key: 'opId', by: ['state', 'localSeq'] },
          head: { key: 'name' },
          identities: { key: 'deviceId' },
        },
      },
      source,
    );
  }

  /** Reads of one moment, on a database that is opened again should the browser have closed it. */
  read<N extends Name, V>(
    names: readonly N[],
    work: (tables: Pick<OutboxTables, N>) => Promise<V>,
  ): Promise<V> {
    return onOpenDatabase(this.#db, () => this.#db.read(names, work), this.#makeRoom);
  }

  /** All of it happens or nothing, durable when it resolves. */
  change<N extends Name, V>(
    names: readonly N[],
    work: (tables: Pick<OutboxTables, N>) => Promise<V>,
  ): Promise<V> {
    return onOpenDatabase(this.#db, () => this.#db.write(names, work), this.#makeRoom);
  }

  /** Changes the head in one transaction of all tables, making it first in a new database. */
  changeHead(
    change: (head: HeadRow, tables: OutboxTables) => HeadRow | Promise<HeadRow>,
  ): Promise<HeadRow> {
    const first: HeadRow = {
      name: 'head',
      dbEpoch: this.#makeEpoch(),
      nextSeq: 1,
      lastStamp: null,
      clockOffsetMs: null,
      incarnation: null,
      deviceId: null,
    };
    return this.change(['head', 'identities', 'ops'], async (tables) => {
      const next = await change((await findHead(tables)) ?? first, tables);
      await tables.head.put(next);
      return next;
    });
  }

  /** Calls back with what is found now and after every change of these tables, in any tab. */
  watch<N extends Name, V>(
    names: readonly N[],
    query: (tables: Pick<OutboxTables, N>) => Promise<V>,
    listener: (value: V) => void,
  ): () => void {
    return this.#db.watch(names, () => this.read(names, query), listener);
  }

  close(): void {
    this.#db.close();
  }
}

/** As it is now; undefined in a new database. */
export async function findHead({ head }: Pick<OutboxTables, 'head'>): Promise<HeadRow | undefined> {
  const row = await head.get('head');
  return row?.name === 'head' ? row : undefined;
}
