import type { DoorId } from '#shared/kernel/ids.ts';
import type { Packet } from '#shared/model/packet.ts';
import type { Stamp } from '#shared/merge/stamps.ts';
import { applyPull, type LogRow, type PulledPage } from '#shared/sync/apply-pull.ts';
import type { TurfKey } from '../lock/turf-key.ts';
import type { TurfKeys } from '../lock/vault.ts';
import { coverDrafts, IdbDrafts, keepDrafts } from './idb-drafts.ts';
import { IdbLog, putBoxes } from './idb-log.ts';
import { holdOf } from './hold-of.ts';
import type { IdbSource } from '../idb/source.ts';
import type { MakeRoom } from './on-open-database.ts';
import { type Entry, PacketDb, type PacketTables, readLog, type StoredLog } from './packet-db.ts';
import type { Access, Hold, PacketSheet, PacketStore } from './packet-store.ts';
import { shutRows } from './row-boxes.ts';
import {
  isOpen,
  isSamePacket,
  makeSheetOpener,
  shutSheet,
  type StoredPacket,
} from './shut-sheet.ts';
import { watchOpened } from './watch-opened.ts';

/**
 * The read model in IndexedDB: what the server said, and the drafts of what is being typed, behind
 * the turf's key. Without `keys` everything lies there open, as the first version left it.
 */
export class IdbPackets implements PacketStore {
  readonly #db: PacketDb;
  readonly #log: IdbLog;
  readonly #drafts: IdbDrafts;
  readonly #keys: TurfKeys | null;
  readonly #openSheet = makeSheetOpener();

  constructor(source?: IdbSource, makeRoom?: MakeRoom, keys: TurfKeys | null = null) {
    this.#db = new PacketDb(source, makeRoom);
    this.#log = new IdbLog(this.#db);
    this.#drafts = new IdbDrafts(this.#db);
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
    return this.#db.read(['entries', 'packet'], findHold);
  }

  async noteHold(until: number): Promise<void> {
    await this.#db.change(async (tables) => {
      const hold = await findHold(tables);
      if (hold !== null) await tables.entries.put({ name: 'hold', value: { ...hold, until } });
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
      this.#drafts.sort(key, [...packet.doors, ...found.map((id) => ({ id }))]),
    ]);
    const hold: Entry = { name: 'hold', value: holdOf(sheet) };
    await this.#db.change(async (tables) => {
      const { packet: packets, rows, boxes: shut, entries } = tables;
      // One after the other in IndexedDB, without a way back here in between.
      await Promise.all([
        rows.clear(),
        shut.clear(),
        drafts === null ? null : keepDrafts(tables, drafts),
        packets.put(stored),
        entries.put(hold),
        key === null ? rows.putMany(page.rows) : shut.putMany(boxes),
        moveOn(tables, page),
      ]);
    });
  }

  async purge(): Promise<void> {
    // Without their key the rows are noise already, should the deleting be cut off.
    await this.#keys?.destroy();
    await this.#db.change(async ({ packet, rows, boxes, drafts, entries }) => {
      await Promise.all([packet, rows, boxes, drafts].map((table) => table.clear()));
      await entries.deleteMany(['cursor', 'hold']);
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
      this.#db.read(['rows'], ({ rows }) => rows.all()),
    ]);
    const [stored, boxes, drafts] = await Promise.all([
      shutSheet(key, before.sheet),
      shutRows(key, open, 1),
      this.#drafts.sort(key, before.sheet.doors),
    ]);
    const done = await this.#db.change(async (tables) => {
      const { packet, rows, boxes: shut, entries } = tables;
      const now = (await entries.get('cursor'))?.value ?? null;
      if (!isOpen(await packet.get('packet')) || now !== cursor) return false;
      await Promise.all([rows.clear(), shut.clear()]);
      await shut.putMany(boxes);
      if (drafts !== null) await coverDrafts(tables, drafts);
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
    const stored = await this.#readStored();
    const sheet = await this.#readSheet(stored);
    if (stored === undefined || sheet === null) return false;
    if (Object.values(sheet.map).every((layer) => layer.features.length === 0)) return false;
    const bare = { type: 'FeatureCollection' as const, features: [] };
    const map = { streets: bare, water: bare, parks: bare, buildings: bare, rail: bare };
    const less = { ...sheet, map: { ...map, precincts: bare } };
    const key = isOpen(stored) ? null : ((await this.#keys?.find()) ?? null);
    const smaller = await shutSheet(key, less);
    return this.#db.changePacket(async ({ packet }) => {
      const same = isSamePacket(await packet.get('packet'), stored);
      if (same) await packet.put(smaller);
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
    return this.#db.change(async (tables) => {
      const cursor = (await tables.entries.get('cursor'))?.value;
      if (cursor === page.cursor) return 'written';
      if (cursor !== fromCursor) return 'moved';
      if (isOpen(await tables.packet.get('packet'))) await tables.rows.putMany(page.rows);
      // It was locked, or other rows came: a cursor must not be ahead of its rows.
      else if (shut === null || !(await putBoxes(tables, shut))) return 'moved';
      await moveOn(tables, page);
      return 'written';
    });
  }

  async readRows(): Promise<readonly LogRow[]> {
    const log = await this.#db.read(['rows', 'boxes'], readLog);
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
    await this.#db.change(({ entries }) => entries.put({ name: 'synced-at', value: at }));
  }

  async readDraft(doorId: DoorId): Promise<unknown> {
    return this.#drafts.read(await this.#findKey(), doorId);
  }

  async putDraft(doorId: DoorId, draft: unknown): Promise<void> {
    await this.#drafts.put(await this.#findKey(), doorId, draft);
  }

  async dropDraft(doorId: DoorId): Promise<void> {
    await this.#drafts.drop(await this.#findKey(), doorId);
  }

  countDrafts(): Promise<number> {
    return this.#drafts.count();
  }

  /** Calls back now and after every change of what this phone holds, in any tab. */
  watchHold(listener: (hold: Hold | null) => void): () => void {
    return this.#db.watch(['entries', 'packet'], findHold, listener);
  }

  /**
   * Calls back now, after every new packet in any tab, and when it is locked or opened; `shut` when
   * one is there that cannot be read.
   */
  watchPacket(listener: (sheet: PacketSheet | 'shut' | null) => void): () => void {
    const open = async (stored: StoredPacket | undefined): Promise<PacketSheet | 'shut' | null> =>
      stored === undefined ? null : ((await this.#readSheet(stored)) ?? 'shut');
    const watch = (hear: (stored: StoredPacket | undefined) => void) =>
      this.#db.watch(['packet'], findStored, hear);
    return watchOpened({ watch, open, keys: this.#keys }, listener);
  }

  /** Calls back now and after every change of the log's rows, in any tab. */
  watchRows(listener: (rows: readonly LogRow[]) => void): () => void {
    const open = async (log: StoredLog) => this.#log.open(await this.#findKey(), log);
    const watch = (hear: (log: StoredLog) => void) =>
      this.#db.watch(['rows', 'boxes'], readLog, hear);
    return watchOpened({ watch, open, keys: this.#keys }, listener);
  }

  watchLastSyncedAt(listener: (at: number | null) => void): () => void {
    const query = async ({ entries }: Pick<PacketTables, 'entries'>): Promise<number | null> => {
      const value = (await entries.get('synced-at'))?.value;
      return typeof value === 'number' ? value : null;
    };
    return this.#db.watch(['entries'], query, listener);
  }

  close(): void {
    this.#db.close();
  }

  #findKey(): Promise<TurfKey | null> {
    return this.#keys?.find() ?? Promise.resolve(null);
  }

  #readStored(): Promise<StoredPacket | undefined> {
    return this.#db.read(['packet'], findStored);
  }

  async #readSheet(stored: StoredPacket | undefined): Promise<PacketSheet | null> {
    return this.#openSheet(await this.#findKey(), stored);
  }

  async #read(name: Entry['name']): Promise<Entry['value']> {
    const entry = await this.#db.read(['entries'], ({ entries }) => entries.get(name));
    return entry?.value ?? null;
  }
}

const findStored = ({ packet }: Pick<PacketTables, 'packet'>): Promise<StoredPacket | undefined> =>
  packet.get('packet');

async function findHold({
  entries,
  packet,
}: Pick<PacketTables, 'entries' | 'packet'>): Promise<Hold | null> {
  const value = (await entries.get('hold'))?.value;
  if (typeof value === 'object' && value !== null) return value;
  // A packet of an earlier version of the app has no such entry.
  const stored = await packet.get('packet');
  return isOpen(stored) ? holdOf(stored.sheet) : null;
}

/** Where the next page goes on from, and the latest stamp. */
async function moveOn(
  { entries }: Pick<PacketTables, 'entries'>,
  { cursor, seen }: PulledPage,
): Promise<void> {
  const [entry] = await Promise.all([
    entries.get('seen'),
    entries.put({ name: 'cursor', value: cursor }),
  ]);
  const before = entry?.value;
  if (seen !== null && (typeof before !== 'string' || seen > before)) {
    await entries.put({ name: 'seen', value: seen });
  }
}
