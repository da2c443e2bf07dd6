import { Dexie, type Table, type Transaction } from 'dexie';
import type { LogRow } from '#shared/sync/apply-pull.ts';
import type { IdbSource } from './idb-source.ts';
import { type MakeRoom, onOpenDatabase } from './on-open-database.ts';
import type { Hold } from './packet-store.ts';
import type { RowBox } from './row-boxes.ts';
import type { StoredDraft } from './shut-draft.ts';
import type { StoredPacket } from './shut-sheet.ts';

/** What is noted beside a packet, nothing of it about anybody. */
export interface Entry {
  readonly name: 'cursor' | 'seen' | 'synced-at' | 'hold';
  readonly value: string | number | Hold | null;
}

export const PACKET_NAME = 'homeground-packet';

/**
 * The IndexedDB database of the read model and its tables. It may change with any version, because
 * the server can make it again.
 */
export class PacketDb {
  readonly packet: Table<StoredPacket, string>;
  /** Of the log, as the first version left it: in the open. */
  readonly rows: Table<LogRow, string>;
  /** Of the log, behind the turf's key. */
  readonly boxes: Table<RowBox, number>;
  readonly entries: Table<Entry, string>;
  readonly drafts: Table<StoredDraft, string>;
  readonly #db: Dexie;
  readonly #makeRoom: MakeRoom | undefined;

  constructor(source?: IdbSource, makeRoom?: MakeRoom) {
    this.#makeRoom = makeRoom;
    this.#db = new Dexie(PACKET_NAME, { chromeTransactionDurability: 'strict', ...source });
    this.#db
      .version(1)
      .stores({ packet: 'name', rows: 'opId, seq', entries: 'name', drafts: 'doorId' });
    this.#db.version(2).stores({ boxes: 'nth, *opIds' }).upgrade(dropSingleBoxes);
    this.packet = this.#db.table('packet');
    this.rows = this.#db.table('rows');
    this.boxes = this.#db.table('boxes');
    this.entries = this.#db.table('entries');
    this.drafts = this.#db.table('drafts');
  }

  /** Runs one query, on a database that is opened again should the browser have closed it. */
  open<T>(work: () => PromiseLike<T>): Promise<T> {
    return onOpenDatabase(this.#db, work, this.#makeRoom);
  }

  /** All of it happens or nothing, durable when it resolves. */
  change<T>(work: () => PromiseLike<T>): Promise<T> {
    const tables = [this.packet, this.rows, this.boxes, this.entries, this.drafts];
    return this.open(() => this.#db.transaction('rw', tables, async () => work()));
  }

  /** Changes the packet alone and makes no room for it: it is how room is made. */
  changePacket<T>(work: () => PromiseLike<T>): PromiseLike<T> {
    return this.#db.transaction('rw', this.packet, async () => work());
  }

  /** The log as it lies there, of one moment. */
  readLog(): PromiseLike<StoredLog> {
    return this.#db.transaction('r', this.rows, this.boxes, async () => {
      const [rows, boxes] = await Promise.all([this.rows.toArray(), this.boxes.toArray()]);
      return { rows, boxes };
    });
  }

  close(): void {
    this.#db.close();
  }

  /** Deletes the database by its name. */
  async remove(): Promise<void> {
    await this.#db.delete({ disableAutoOpen: false });
  }
}

/** What was never covered, and what is in boxes. */
export interface StoredLog {
  readonly rows: readonly LogRow[];
  readonly boxes: readonly RowBox[];
}

/** Rows that lay in a box each: without a cursor the packet comes anew, and its rows with it. */
async function dropSingleBoxes(trx: Transaction): Promise<void> {
  const rows = trx.table<LogRow>('rows');
  if ((await rows.filter((row) => 'box' in row).count()) === 0) return;
  await Promise.all([rows.clear(), trx.table('entries').delete('cursor')]);
}
