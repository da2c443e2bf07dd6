import type { LogRow } from '#shared/sync/apply-pull.ts';
import { Database } from '../idb/database.ts';
import type { IdbSource } from '../idb/source.ts';
import type { Table } from '../idb/table.ts';
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

/** The tables of the read model. */
export interface PacketTables {
  readonly packet: Table<StoredPacket>;
  /** Of the log, as the first version left it: in the open. */
  readonly rows: Table<LogRow>;
  /** Of the log, behind the turf's key. */
  readonly boxes: Table<RowBox, number>;
  readonly entries: Table<Entry>;
  readonly drafts: Table<StoredDraft>;
}
type Name = keyof PacketTables;

export const PACKET_NAME = 'homeground-packet';
const ALL: readonly Name[] = ['packet', 'rows', 'boxes', 'entries', 'drafts'];

/**
 * The IndexedDB database of the read model. It may change with any version, because the server can make
 * it again.
 */
export class PacketDb {
  readonly #db: Database<PacketTables>;
  readonly #makeRoom: MakeRoom | undefined;

  constructor(source?: IdbSource, makeRoom?: MakeRoom) {
    this.#makeRoom = makeRoom;
    this.#db = new Database<PacketTables>(
      {
        name: PACKET_NAME,
        version: 20,
        tables: {
          packet: { key: 'name' },
          rows: { key: 'opId', by: ['seq'] },
          boxes: { key: 'nth', byEach: ['opIds'] },
          entries: { key: 'name' },
          drafts: { key: 'doorId' },
        },
        upgrade: dropSingleBoxes,
      },
      source,
    );
  }

  /** Reads of one moment, on a database that is opened again should the browser have closed it. */
  read<N extends Name, V>(
    names: readonly N[],
    work: (tables: Pick<PacketTables, N>) => Promise<V>,
  ): Promise<V> {
    return onOpenDatabase(this.#db, () => this.#db.read(names, work), this.#makeRoom);
  }

  /** All of it happens or nothing, durable when it resolves. */
  change<V>(work: (tables: PacketTables) => Promise<V>): Promise<V> {
    return onOpenDatabase(this.#db, () => this.#db.write(ALL, work), this.#makeRoom);
  }

  /** Changes the packet alone and makes no room for it: it is how room is made. */
  changePacket<V>(work: (tables: Pick<PacketTables, 'packet'>) => Promise<V>): Promise<V> {
    return this.#db.write(['packet'], work);
  }

  /** Calls back with what is found now and after every change of these tables, in any tab. */
  watch<N extends Name, V>(
    names: readonly N[],
    query: (tables: Pick<PacketTables, N>) => Promise<V>,
    listener: (value: V) => void,
  ): () => void {
    return this.#db.watch(names, () => this.read(names, query), listener);
  }

  close(): void {
    this.#db.close();
  }

  /** Deletes the database by its name. */
  remove(): Promise<void> {
    return this.#db.remove();
  }
}

/** What was never covered, and what is in boxes. */
export interface StoredLog {
  readonly rows: readonly LogRow[];
  readonly boxes: readonly RowBox[];
}

/** The log as it lies there. */
export async function readLog({
  rows,
  boxes,
}: Pick<PacketTables, 'rows' | 'boxes'>): Promise<StoredLog> {
  const [open, shut] = await Promise.all([rows.all(), boxes.all()]);
  return { rows: open, boxes: shut };
}

/** Rows that lay in a box each: without a cursor the packet comes anew, and its rows with it. */
async function dropSingleBoxes({ rows, entries }: PacketTables): Promise<void> {
  if (!(await rows.all()).some((row) => 'box' in row)) return;
  await Promise.all([rows.clear(), entries.delete('cursor')]);
}
