import { Dexie, liveQuery, type Table } from 'dexie';
import type { DoorId } from '#shared/kernel/ids.ts';
import type { Packet } from '#shared/model/packet.ts';
import type { Stamp } from '#shared/merge/stamps.ts';
import { applyPull, type LogRow, type PulledPage } from '#shared/sync/apply-pull.ts';
import type { IdbSource } from './dexie-outbox.ts';
import { type MakeRoom, onOpenDatabase } from './on-open-database.ts';
import { holdOf } from './hold-of.ts';
import type { Hold, PacketSheet, PacketStore } from './packet-store.ts';

interface Entry {
  readonly name: 'cursor' | 'seen' | 'synced-at' | 'hold';
  readonly value: string | number | Hold | null;
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

  readonly #makeRoom: MakeRoom | undefined;

  constructor(source?: IdbSource, makeRoom?: MakeRoom) {
    this.#makeRoom = makeRoom;
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
    return this.#open(() => this.#readSheet());
  }

  readHold(): Promise<Hold | null> {
    return this.#open(() => this.#findHold());
  }

  async noteHold(until: number): Promise<void> {
    await this.#change(async () => {
      const hold = await this.#findHold();
      if (hold !== null) await this.#entries.put({ name: 'hold', value: { ...hold, until } });
    });
  }

  putPacket(packet: Packet): Promise<void> {
    const { history, ...sheet } = packet;
    const page = applyPull(history as Parameters<typeof applyPull>[0], packet.cursor);
    const doors = new Set<string>(packet.doors.map((door) => door.id));
    return this.#change(async () => {
      await this.#rows.clear();
      await this.#drafts.filter((draft) => !doors.has(draft.doorId)).delete();
      await this.#packet.put({ name: 'packet', sheet });
      await this.#entries.put({ name: 'hold', value: holdOf(sheet) });
      await this.#putPage(page);
    });
  }

  purge(): Promise<void> {
    return this.#change(async () => {
      await Promise.all([this.#packet.clear(), this.#rows.clear(), this.#drafts.clear()]);
      await this.#entries.bulkDelete(['cursor', 'hold']);
    });
  }

  /**
   * Gives up the streets under the doors, the largest thing that a walk can do without; false when
   * there are none. Makes no room itself: it is how room is made.
   */
  dropMap(): Promise<boolean> {
    return this.#db.transaction('rw', this.#packet, async () => {
      const sheet = await this.#readSheet();
      if (
        sheet === null ||
        Object.values(sheet.map).every((layer) => layer.features.length === 0)
      ) {
        return false;
      }
      const bare = { type: 'FeatureCollection' as const, features: [] };
      const map = { streets: bare, water: bare, parks: bare, buildings: bare, rail: bare };
      await this.#packet.put({
        name: 'packet',
        sheet: { ...sheet, map: { ...map, precincts: bare } },
      });
      return true;
    });
  }

  async readCursor(): Promise<string | null> {
    const value = await this.#read('cursor');
    return typeof value === 'string' ? value : null;
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
    return this.#open(() => this.#rows.orderBy('seq').toArray());
  }

  async findRows(opIds: readonly string[]): Promise<ReadonlySet<string>> {
    const found = await this.#open(() => this.#rows.bulkGet([...opIds]));
    return new Set(found.flatMap((row) => (row === undefined ? [] : [row.opId])));
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
    return this.#open(async () => (await this.#drafts.get(doorId))?.draft);
  }

  async putDraft(doorId: DoorId, draft: unknown): Promise<void> {
    await this.#change(async () => {
      // What is typed while the turf is purged must not be left behind.
      if ((await this.#packet.count()) > 0) await this.#drafts.put({ doorId, draft });
    });
  }

  dropDraft(doorId: DoorId): Promise<void> {
    return this.#change(() => this.#drafts.delete(doorId));
  }

  countDrafts(): Promise<number> {
    return this.#open(() => this.#drafts.count());
  }

  /** Calls back now and after every change of what this phone holds, in any tab. */
  watchHold(listener: (hold: Hold | null) => void): () => void {
    return this.#watch(() => this.#findHold(), listener);
  }

  /** Calls back now and after every new packet, in any tab. */
  watchPacket(listener: (sheet: PacketSheet | null) => void): () => void {
    return this.#watch(() => this.#readSheet(), listener);
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

  #open<T>(work: () => PromiseLike<T>): Promise<T> {
    return onOpenDatabase(this.#db, work, this.#makeRoom);
  }

  async #readSheet(): Promise<PacketSheet | null> {
    return (await this.#packet.get('packet'))?.sheet ?? null;
  }

  async #findHold(): Promise<Hold | null> {
    const value = (await this.#entries.get('hold'))?.value;
    if (typeof value === 'object' && value !== null) return value;
    // A packet of an earlier version of the app has no such entry.
    const sheet = await this.#readSheet();
    return sheet === null ? null : holdOf(sheet);
  }

  #read(name: Entry['name']): Promise<Entry['value']> {
    return this.#open(async () => (await this.#entries.get(name))?.value ?? null);
  }

  #change<T>(work: () => PromiseLike<T>): Promise<T> {
    const tables = [this.#packet, this.#rows, this.#entries, this.#drafts];
    return this.#open(() => this.#db.transaction('rw', tables, async () => work()));
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
