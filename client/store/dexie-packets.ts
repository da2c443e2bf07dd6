import type { DoorId } from '#shared/kernel/ids.ts';
import type { ShiftNews } from '#shared/model/next-shift.ts';
import type { Packet } from '#shared/model/packet.ts';
import type { Stamp } from '#shared/merge/stamps.ts';
import { applyPull, type LogRow, type PulledPage } from '#shared/sync/apply-pull.ts';
import type { TurfKey } from '../lock/turf-key.ts';
import type { TurfKeys } from '../lock/vault.ts';
import { DexieDrafts } from './dexie-drafts.ts';
import { DexieLog } from './dexie-log.ts';
import { DraftKeys } from './draft-keys.ts';
import { holdOf } from './hold-of.ts';
import type { IdbSource } from './idb-source.ts';
import type { MakeRoom } from './on-open-database.ts';
import { type Entry, PacketDb, type StoredLog } from './packet-db.ts';
import type { Access, Hold, PacketSheet, PacketStore } from './packet-store.ts';
import { shutRows } from './row-boxes.ts';
import {
  isOpen,
  isSamePacket,
  makeSheetOpener,
  shutSheet,
  type StoredPacket,
} from './shut-sheet.ts';
import { type OpenedQuery, watchOpened } from './watch-opened.ts';
import { withShifts } from './with-shifts.ts';

/**
 * The read model in IndexedDB: what the server said, and the drafts of what is being typed, behind
 * the turf's key. Without `keys` everything lies there open, as the first version left it.
 */
export class DexiePackets implements PacketStore {
  readonly #db: PacketDb;
  readonly #log: DexieLog;
  readonly #drafts: DexieDrafts;
  readonly #keys: TurfKeys | null;
  readonly #openSheet = makeSheetOpener();
  readonly #draftKeys = new DraftKeys();

  constructor(source?: IdbSource, makeRoom?: MakeRoom, keys: TurfKeys | null = null) {
    this.#db = new PacketDb(source, makeRoom);
    this.#log = new DexieLog(this.#db);
    this.#drafts = new DexieDrafts(this.#db);
    this.#keys = keys;
  }

  async readPacket(): Promise<PacketSheet | null> {
    return this.#readSheet(await this.#readStored());
  }

  async readAccess(): Promise<Access> {
    if (await this.#keys?.isLocked()) return 'locked';
    const stored = await this.#readStored();
    return stored === undefined || (await this.#readSheet(stored)) !== null ? 'open' : 'lost';
  }

  isSpent(): Promise<boolean> {
    return this.#keys?.isSpent() ?? Promise.resolve(false);
  }

  readHold(): Promise<Hold | null> {
    return this.#db.open(() => this.#findHold());
  }

  async noteHold(until: number): Promise<void> {
    await this.#db.change(async () => {
      const hold = await this.#findHold();
      if (hold !== null) await this.#db.entries.put({ name: 'hold', value: { ...hold, until } });
    });
  }

  async putShifts(news: ShiftNews): Promise<void> {
    const stored = await this.#readStored();
    const sheet = await this.#readSheet(stored);
    if (stored === undefined || sheet === null) return;
    const key = isOpen(stored) ? null : await this.#findKey();
    const next = withShifts(sheet, news);
    const put = await shutSheet(key, next);
    await this.#db.change(async () => {
      const { packet, entries } = this.#db;
      // Another packet came meanwhile, which has its own.
      if (!isSamePacket(await packet.get('packet'), stored)) return;
      const hold = await this.#findHold();
      if (hold === null) return;
      await packet.put(put);
      await entries.put({ name: 'hold', value: { ...hold, shifts: news.mark } });
    });
  }

  async putPacket(packet: Packet, found: readonly DoorId[] = []): Promise<void> {
    const { history, ...sheet } = packet;
    const page = applyPull(history as Parameters<typeof applyPull>[0], packet.cursor);
    const key = (await this.#keys?.take(packet.turf.id)) ?? null;
    // All of WebCrypto's work before the transaction: IndexedDB commits one that waits for it.
    const [stored, boxes, drafts] = await Promise.all([
      shutSheet(key, sheet),
      key === null ? [] : shutRows(key, page.rows, 1),
      this.#drafts.sort(await this.#draftKeys.withSheet(sheet, key), [
        ...packet.doors,
        ...found.map((id) => ({ id })),
      ]),
    ]);
    const hold: Entry = { name: 'hold', value: holdOf(sheet) };
    await this.#db.change(async () => {
      const { packet: packets, rows, boxes: shut, entries } = this.#db;
      // One after the other in IndexedDB, without a way back here in between.
      await Promise.all([
        rows.clear(),
        shut.clear(),
        drafts === null ? null : this.#drafts.keep(drafts),
        packets.put(stored),
        entries.put(hold),
        key === null ? rows.bulkPut(page.rows) : shut.bulkPut(boxes),
        this.#moveOn(page),
      ]);
    });
  }

  async purge(): Promise<void> {
    // Without their key the rows are noise already, should the deleting be cut off.
    await this.#keys?.destroy();
    await this.#db.change(async () => {
      const { packet, rows, boxes, drafts, entries } = this.#db;
      await Promise.all([packet, rows, boxes, drafts].map((table) => table.clear()));
      await entries.bulkDelete(['cursor', 'hold']);
    });
  }

  /**
   * Puts behind the turf's key what a version before that knew none has left open; a page that comes
   * meanwhile has it tried again.
   */
  async cover(): Promise<void> {
    const before = await this.#readStored();
    if (this.#keys === null || !isOpen(before)) return;
    const key = await this.#keys.take(before.sheet.turf.id);
    const [cursor, open] = await Promise.all([
      this.#read('cursor'),
      this.#db.open(() => this.#db.rows.toArray()),
    ]);
    const [stored, boxes, drafts] = await Promise.all([
      shutSheet(key, before.sheet),
      shutRows(key, open, 1),
      this.#drafts.sort(await this.#draftKeys.withSheet(before.sheet, key), before.sheet.doors),
    ]);
    const done = await this.#db.change(async () => {
      const { packet, rows, boxes: shut, entries } = this.#db;
      const now = (await entries.get('cursor'))?.value ?? null;
      if (!isOpen(await packet.get('packet')) || now !== cursor) return false;
      await Promise.all([rows.clear(), shut.clear()]);
      await shut.bulkPut(boxes);
      if (drafts !== null) await this.#drafts.cover(drafts);
      await packet.put(stored);
      return true;
    });
    if (!done) await this.cover();
  }

  /** Deletes the database by its name: the person leaves this phone. */
  async remove(): Promise<void> {
    await this.#keys?.destroy();
    await this.#db.remove();
  }

  /**
   * Gives up the streets under the doors, the largest thing that a walk can do without; false when
   * there are none. Makes no room itself: it is how room is made.
   */
  async dropMap(): Promise<boolean> {
    const stored = await this.#db.packet.get('packet');
    const sheet = await this.#readSheet(stored);
    if (stored === undefined || sheet === null) return false;
    if (Object.values(sheet.map).every((layer) => layer.features.length === 0)) return false;
    const bare = { type: 'FeatureCollection' as const, features: [] };
    const map = { streets: bare, water: bare, parks: bare, buildings: bare, rail: bare };
    const less = { ...sheet, map: { ...map, precincts: bare } };
    const key = isOpen(stored) ? null : ((await this.#keys?.find()) ?? null);
    const smaller = await shutSheet(key, less);
    return this.#db.changePacket(async () => {
      const same = isSamePacket(await this.#db.packet.get('packet'), stored);
      if (same) await this.#db.packet.put(smaller);
      return same;
    });
  }

  async readCursor(): Promise<string | null> {
    const value = await this.#read('cursor');
    return typeof value === 'string' ? value : null;
  }

  async putPage(page: PulledPage, fromCursor: string): Promise<'written' | 'moved'> {
    const key = await this.#findKey();
    const shut = key === null ? null : await this.#log.shutMore(key, page.rows);
    return this.#db.change(async () => {
      const cursor = (await this.#db.entries.get('cursor'))?.value;
      if (cursor === page.cursor) return 'written';
      if (cursor !== fromCursor) return 'moved';
      if (isOpen(await this.#db.packet.get('packet'))) await this.#db.rows.bulkPut(page.rows);
      // It was locked, or other rows came: a cursor must not be ahead of its rows.
      else if (shut === null || !(await this.#log.put(shut))) return 'moved';
      await this.#moveOn(page);
      return 'written';
    });
  }

  async readRows(): Promise<readonly LogRow[]> {
    const log = await this.#db.open(() => this.#db.readLog());
    return this.#log.open(await this.#findKey(), log);
  }

  findRows(opIds: readonly string[]): Promise<ReadonlySet<string>> {
    return this.#log.find(opIds);
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
    await this.#db.change(() => this.#db.entries.put({ name: 'synced-at', value: at }));
  }

  async readDraft(doorId: DoorId): Promise<unknown> {
    return this.#drafts.read(await this.#findDraftKeys(), doorId);
  }

  async putDraft(doorId: DoorId, draft: unknown): Promise<void> {
    await this.#drafts.put(await this.#findDraftKeys(), doorId, draft);
  }

  async dropDraft(doorId: DoorId): Promise<void> {
    await this.#drafts.drop(await this.#findDraftKeys(), doorId);
  }

  countDrafts(): Promise<number> {
    return this.#drafts.count();
  }

  /** Calls back now and after every change of what this phone holds, in any tab. */
  watchHold(listener: (hold: Hold | null) => void): () => void {
    return this.#watch({ query: () => this.#findHold(), open: plain }, listener);
  }

  /**
   * Calls back now, after every new packet in any tab, and when it is locked or opened; `shut` when
   * one is there that cannot be read.
   */
  watchPacket(listener: (sheet: PacketSheet | 'shut' | null) => void): () => void {
    const open = async (stored: StoredPacket | undefined): Promise<PacketSheet | 'shut' | null> =>
      stored === undefined ? null : ((await this.#readSheet(stored)) ?? 'shut');
    return this.#watch({ query: () => this.#db.packet.get('packet'), open }, listener);
  }

  /** Calls back now and after every change of the log's rows, in any tab. */
  watchRows(listener: (rows: readonly LogRow[]) => void): () => void {
    const open = async (log: StoredLog) => this.#log.open(await this.#findKey(), log);
    return this.#watch({ query: () => this.#db.readLog(), open }, listener);
  }

  watchLastSyncedAt(listener: (at: number | null) => void): () => void {
    const query = async (): Promise<number | null> => {
      const value = (await this.#db.entries.get('synced-at'))?.value;
      return typeof value === 'number' ? value : null;
    };
    return this.#watch({ query, open: plain }, listener);
  }

  close(): void {
    this.#db.close();
  }

  #watch<R, T>(what: Omit<OpenedQuery<R, T>, 'keys'>, listener: (value: T) => void): () => void {
    return watchOpened({ ...what, keys: this.#keys }, listener);
  }

  #findKey(): Promise<TurfKey | null> {
    return this.#keys?.find() ?? Promise.resolve(null);
  }

  async #findDraftKeys(): Promise<readonly TurfKey[]> {
    return this.#draftKeys.find(await this.#findKey(), () => this.readPacket());
  }

  #readStored(): Promise<StoredPacket | undefined> {
    return this.#db.open(() => this.#db.packet.get('packet'));
  }

  async #readSheet(stored: StoredPacket | undefined): Promise<PacketSheet | null> {
    return this.#openSheet(await this.#findKey(), stored);
  }

  async #findHold(): Promise<Hold | null> {
    const value = (await this.#db.entries.get('hold'))?.value;
    if (typeof value === 'object' && value !== null) return value;
    // A packet of an earlier version of the app has no such entry.
    const stored = await this.#db.packet.get('packet');
    return isOpen(stored) ? holdOf(stored.sheet) : null;
  }

  #read(name: Entry['name']): Promise<Entry['value']> {
    return this.#db.open(async () => (await this.#db.entries.get(name))?.value ?? null);
  }

  /** Where the next page goes on from, and the latest stamp; in the caller's transaction. */
  async #moveOn({ cursor, seen }: PulledPage): Promise<void> {
    const { entries } = this.#db;
    const [entry] = await Promise.all([
      entries.get('seen'),
      entries.put({ name: 'cursor', value: cursor }),
    ]);
    const before = entry?.value;
    if (seen !== null && (typeof before !== 'string' || seen > before)) {
      await entries.put({ name: 'seen', value: seen });
    }
  }
}

const plain = <T>(value: T): Promise<T> => Promise.resolve(value);
