import { Dexie, liveQuery, type Table } from 'dexie';
import type { DoorId } from '#shared/kernel/ids.ts';
import type { Packet } from '#shared/model/packet.ts';
import type { Stamp } from '#shared/merge/stamps.ts';
import { applyPull, type LogRow, type PulledPage } from '#shared/sync/apply-pull.ts';
import type { IdbSource } from './dexie-outbox.ts';
import { onOpenDatabase } from './on-open-database.ts';
import type { PacketSheet, PacketStore } from './packet-store.ts';

interface Entry {
  readonly name: 'cursor' | 'seen' | 'synced-at';
  readonly value: string | number | null;
}
interface Draft {
  readonly doorId: DoorId;
  readonly draft: unknown;
}

export const PACKET_NAME = 'homeground-packet';

/** The read model in IndexedDB: what the server said, and the drafts of what is being typed. */
export class DexiePackets implements PacketStore {
  readonly #db: Dexie;
  readonly #packet: Table<{ name: 'packet'; sheet: PacketSheet }, string>;
  readonly #rows: Table<LogRow, string>;
  readonly #entries: Table<Entry, string>;
  readonly #drafts: Table<Draft, string>;

  constructor(source?: IdbSource) {
    this.#db = new Dexie(PACKET_NAME, { chromeTransactionDurability: 'strict', ...source });
    this.#db
      .version(1)
      .stores({ packet: 'name', rows: 'opId, seq', entries: 'name', drafts: 'doorId' });
    this.#packet = this.#db.table('packet');
    this.#rows = this.#db.table('rows');
    this.#entries = this.#db.table('entries');
    this.#drafts = this.#db.table('drafts');
  }

  readPacket(): Promise<PacketSheet | null> {
    return onOpenDatabase(this.#db, async () => (await this.#packet.get('packet'))?.sheet ?? null);
  }

  putPacket(packet: Packet): Promise<void> {
    const { history, ...sheet } = packet;
    const page = applyPull(history as Parameters<typeof applyPull>[0], packet.cursor);
    return this.#change(async () => {
      await this.#rows.clear();
      await this.#packet.put({ name: 'packet', sheet });
      await this.#putPage(page);
    });
  }

  async readCursor(): Promise<string | null> {
    const value = await this.#read('cursor');
    return typeof value === 'string' ? value : null;
  }

  rewindCursor(): Promise<void> {
    return this.#change(async () => {
      const sheet = (await this.#packet.get('packet'))?.sheet;
      await this.#entries.put({ name: 'cursor', value: sheet?.cursor ?? null });
    });
  }

  putPage(page: PulledPage, fromCursor: string): Promise<'written' | 'moved'> {
    return this.#change(async () => {
      const cursor = (await this.#entries.get('cursor'))?.value;
      if (cursor === page.cursor) return 'written';
      if (cursor !== fromCursor) return 'moved';
      await this.#putPage(page);
      return 'written';
    });
  }

  readRows(): Promise<readonly LogRow[]> {
    return onOpenDatabase(this.#db, () => this.#rows.orderBy('seq').toArray());
  }

  async readSeenStamp(): Promise<Stamp | null> {
    const value = await this.#read('seen');
    return typeof value === 'string' ? value : null;
  }

  async readLastSyncedAt(): Promise<number | null> {
    const value = await this.#read('synced-at');
    return typeof value === 'number' ? value : null;
  }

  async noteSynced(at: number): Promise<void> {
    await this.#change(() => this.#entries.put({ name: 'synced-at', value: at }));
  }

  readDraft(doorId: DoorId): Promise<unknown> {
    return onOpenDatabase(this.#db, async () => (await this.#drafts.get(doorId))?.draft);
  }

  async putDraft(doorId: DoorId, draft: unknown): Promise<void> {
    await this.#change(() => this.#drafts.put({ doorId, draft }));
  }

  dropDraft(doorId: DoorId): Promise<void> {
    return this.#change(() => this.#drafts.delete(doorId));
  }

  /** Calls back now and after every new packet, in any tab. */
  watchPacket(listener: (sheet: PacketSheet | null) => void): () => void {
    return this.#watch(async () => (await this.#packet.get('packet'))?.sheet ?? null, listener);
  }

  /** Calls back now and after every change of the log's rows, in any tab. */
  watchRows(listener: (rows: readonly LogRow[]) => void): () => void {
    return this.#watch(() => this.#rows.orderBy('seq').toArray(), listener);
  }

  watchLastSyncedAt(listener: (at: number | null) => void): () => void {
    return this.#watch(async () => {
      const value = (await this.#entries.get('synced-at'))?.value;
      return typeof value === 'number' ? value : null;
    }, listener);
  }

  close(): void {
    this.#db.close();
  }

  #watch<T>(query: () => PromiseLike<T>, listener: (value: T) => void): () => void {
    const watch = liveQuery(async () => query()).subscribe({ next: listener, error: () => {} });
    return () => watch.unsubscribe();
  }

  #read(name: Entry['name']): Promise<Entry['value']> {
    return onOpenDatabase(this.#db, async () => (await this.#entries.get(name))?.value ?? null);
  }

  #change<T>(work: () => PromiseLike<T>): Promise<T> {
    const tables = [this.#packet, this.#rows, this.#entries, this.#drafts];
    return onOpenDatabase(this.#db, () => this.#db.transaction('rw', tables, async () => work()));
  }

  async #putPage({ rows, cursor, seen }: PulledPage): Promise<void> {
    const before = (await this.#entries.get('seen'))?.value;
    await this.#rows.bulkPut([...rows]);
    await this.#entries.put({ name: 'cursor', value: cursor });
    if (seen !== null && (typeof before !== 'string' || seen > before)) {
      await this.#entries.put({ name: 'seen', value: seen });
    }
  }
}
