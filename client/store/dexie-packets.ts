import { Dexie, type Table } from 'dexie';
import type { DoorId, TurfId } from '#shared/kernel/ids.ts';
import type { Packet } from '#shared/model/packet.ts';
import type { Stamp } from '#shared/merge/stamps.ts';
import { applyPull, type LogRow, type PulledPage } from '#shared/sync/apply-pull.ts';
import type { Bytes, TurfKey } from '../lock/turf-key.ts';
import type { TurfKeys } from '../lock/vault.ts';
import type { IdbSource } from './dexie-outbox.ts';
import { holdOf } from './hold-of.ts';
import { type MakeRoom, onOpenDatabase } from './on-open-database.ts';
import type { Access, Hold, PacketSheet, PacketStore } from './packet-store.ts';
import {
  makeRowOpener,
  type ShutRow,
  shutRows,
  type StoredDraft,
  type StoredRow,
} from './shut-rows.ts';
import { type OpenedQuery, watchOpened } from './watch-opened.ts';

interface Entry {
  readonly name: 'cursor' | 'seen' | 'synced-at' | 'hold';
  readonly value: string | number | Hold | null;
}
/** As it lies on the disk; a packet of the first version lies there open. */
type StoredPacket =
  | { readonly name: 'packet'; readonly sheet: PacketSheet }
  | { readonly name: 'packet'; readonly id: string; readonly turfId: TurfId; readonly box: Bytes };

export const PACKET_NAME = 'homeground-packet';

const isOpen = (
  stored: StoredPacket | undefined,
): stored is Extract<StoredPacket, { readonly sheet: PacketSheet }> =>
  stored !== undefined && 'sheet' in stored;

/**
 * The read model in IndexedDB: what the server said, and the drafts of what is being typed, behind
 * the turf's key. Without `keys` everything lies there open, as the first version left it.
 */
export class DexiePackets implements PacketStore {
  readonly #db: Dexie;
  readonly #packet: Table<StoredPacket, string>;
  readonly #rows: Table<StoredRow, string>;
  readonly #entries: Table<Entry, string>;
  readonly #drafts: Table<StoredDraft, string>;
  readonly #makeRoom: MakeRoom | undefined;
  readonly #keys: TurfKeys | null;
  readonly #openRows = makeRowOpener();
  #opened: { readonly id: string; readonly sheet: PacketSheet } | null = null;

  constructor(source?: IdbSource, makeRoom?: MakeRoom, keys: TurfKeys | null = null) {
    this.#makeRoom = makeRoom;
    this.#keys = keys;
    this.#db = new Dexie(PACKET_NAME, { chromeTransactionDurability: 'strict', ...source });
    this.#db
      .version(1)
      .stores({ packet: 'name', rows: 'opId, seq', entries: 'name', drafts: 'doorId' });
    this.#packet = this.#db.table('packet');
    this.#rows = this.#db.table('rows');
    this.#entries = this.#db.table('entries');
    this.#drafts = this.#db.table('drafts');
  }

  async readPacket(): Promise<PacketSheet | null> {
    return this.#openSheet(await this.#readStored());
  }

  async readAccess(): Promise<Access> {
    if (await this.#keys?.isLocked()) return 'locked';
    const stored = await this.#readStored();
    return stored === undefined || (await this.#openSheet(stored)) !== null ? 'open' : 'lost';
  }

  isSpent(): Promise<boolean> {
    return this.#keys?.isSpent() ?? Promise.resolve(false);
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

  async putPacket(packet: Packet): Promise<void> {
    const { history, ...sheet } = packet;
    const page = applyPull(history as Parameters<typeof applyPull>[0], packet.cursor);
    const key = (await this.#keys?.take(packet.turf.id)) ?? null;
    // All of WebCrypto's work before the transaction: IndexedDB commits one that waits for it.
    const [stored, rows, drafts] = await Promise.all([
      shutSheet(key, sheet),
      key === null ? page.rows : shutRows(key, page.rows),
      this.#sortDrafts(key, packet.doors),
    ]);
    await this.#change(async () => {
      await this.#rows.clear();
      if (drafts !== null) {
        await this.#drafts.filter(({ doorId }) => !drafts.stay.has(doorId)).delete();
        await this.#drafts.bulkPut(drafts.shut);
      }
      await this.#packet.put(stored);
      await this.#entries.put({ name: 'hold', value: holdOf(sheet) });
      await this.#putPage(page, rows);
    });
  }

  async purge(): Promise<void> {
    // Without their key the rows are noise already, should the deleting be cut off.
    await this.#keys?.destroy();
    await this.#change(async () => {
      await Promise.all([this.#packet.clear(), this.#rows.clear(), this.#drafts.clear()]);
      await this.#entries.bulkDelete(['cursor', 'hold']);
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
    const [cursor, all] = await Promise.all([
      this.#read('cursor'),
      this.#open(() => this.#rows.toArray()),
    ]);
    const open = all.filter((row) => 'body' in row);
    const [stored, rows, drafts] = await Promise.all([
      shutSheet(key, before.sheet),
      shutRows(key, open),
      this.#sortDrafts(key, before.sheet.doors),
    ]);
    const done = await this.#change(async () => {
      const now = (await this.#entries.get('cursor'))?.value ?? null;
      if (!isOpen(await this.#packet.get('packet')) || now !== cursor) return false;
      await this.#rows.bulkPut(rows);
      if (drafts !== null) {
        await this.#drafts.bulkDelete(drafts.open);
        await this.#drafts.bulkPut(drafts.shut);
      }
      await this.#packet.put(stored);
      return true;
    });
    if (!done) await this.cover();
  }

  /** Deletes the database by its name: the person leaves this phone. */
  async remove(): Promise<void> {
    await this.#keys?.destroy();
    await this.#db.delete({ disableAutoOpen: false });
  }

  /**
   * Gives up the streets under the doors, the largest thing that a walk can do without; false when
   * there are none. Makes no room itself: it is how room is made.
   */
  async dropMap(): Promise<boolean> {
    const stored = await this.#packet.get('packet');
    const sheet = await this.#openSheet(stored);
    if (sheet === null) return false;
    if (Object.values(sheet.map).every((layer) => layer.features.length === 0)) return false;
    const bare = { type: 'FeatureCollection' as const, features: [] };
    const map = { streets: bare, water: bare, parks: bare, buildings: bare, rail: bare };
    const less = { ...sheet, map: { ...map, precincts: bare } };
    const key = isOpen(stored) ? null : ((await this.#keys?.find()) ?? null);
    const smaller = await shutSheet(key, less);
    return this.#db.transaction('rw', this.#packet, async () => {
      const now = await this.#packet.get('packet');
      const same = isOpen(now) ? isOpen(stored) : !isOpen(stored) && now?.id === stored?.id;
      if (same) await this.#packet.put(smaller);
      return same;
    });
  }

  async readCursor(): Promise<string | null> {
    const value = await this.#read('cursor');
    return typeof value === 'string' ? value : null;
  }

  async putPage(page: PulledPage, fromCursor: string): Promise<'written' | 'moved'> {
    const key = await this.#findKey();
    const shut = key === null ? null : await shutRows(key, page.rows);
    return this.#change(async () => {
      const cursor = (await this.#entries.get('cursor'))?.value;
      if (cursor === page.cursor) return 'written';
      if (cursor !== fromCursor) return 'moved';
      const rows = isOpen(await this.#packet.get('packet')) ? page.rows : shut;
      // It was locked meanwhile: a cursor must not be ahead of its rows.
      if (rows === null) return 'moved';
      await this.#putPage(page, rows);
      return 'written';
    });
  }

  async readRows(): Promise<readonly LogRow[]> {
    const rows = await this.#open(() => this.#rows.orderBy('seq').toArray());
    return this.#openRows(await this.#findKey(), rows);
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

  async readDraft(doorId: DoorId): Promise<unknown> {
    const key = await this.#findKey();
    const name = await key?.nameOf(doorId);
    const [shut, open] = await this.#open(() => this.#drafts.bulkGet([name ?? '', doorId]));
    if (shut !== undefined && 'box' in shut) {
      const text = (await key?.open(shut.box)) ?? null;
      return text === null ? undefined : JSON.parse(text);
    }
    return open !== undefined && 'draft' in open ? open.draft : undefined;
  }

  async putDraft(doorId: DoorId, draft: unknown): Promise<void> {
    const key = await this.#findKey();
    const shut = key === null ? null : await shutDraft(key, doorId, draft);
    await this.#change(async () => {
      const stored = await this.#packet.get('packet');
      // What is typed while the turf is purged must not be left behind.
      if (stored === undefined) return;
      const kept = isOpen(stored) ? { doorId, draft } : shut;
      if (kept !== null) await this.#drafts.put(kept);
    });
  }

  async dropDraft(doorId: DoorId): Promise<void> {
    const name = await (await this.#findKey())?.nameOf(doorId);
    await this.#change(() =>
      this.#drafts.bulkDelete(name === undefined ? [doorId] : [doorId, name]),
    );
  }

  countDrafts(): Promise<number> {
    return this.#open(() => this.#drafts.count());
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
      stored === undefined ? null : ((await this.#openSheet(stored)) ?? 'shut');
    return this.#watch({ query: () => this.#packet.get('packet'), open }, listener);
  }

  /** Calls back now and after every change of the log's rows, in any tab. */
  watchRows(listener: (rows: readonly LogRow[]) => void): () => void {
    const query = (): PromiseLike<StoredRow[]> => this.#rows.orderBy('seq').toArray();
    const open = async (rows: StoredRow[]) => this.#openRows(await this.#findKey(), rows);
    return this.#watch({ query, open }, listener);
  }

  watchLastSyncedAt(listener: (at: number | null) => void): () => void {
    const query = async (): Promise<number | null> => {
      const value = (await this.#entries.get('synced-at'))?.value;
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

  #open<T>(work: () => PromiseLike<T>): Promise<T> {
    return onOpenDatabase(this.#db, work, this.#makeRoom);
  }

  #findKey(): Promise<TurfKey | null> {
    return this.#keys?.find() ?? Promise.resolve(null);
  }

  #readStored(): Promise<StoredPacket | undefined> {
    return this.#open(() => this.#packet.get('packet'));
  }

  async #openSheet(stored: StoredPacket | undefined): Promise<PacketSheet | null> {
    if (stored === undefined) return null;
    if (isOpen(stored)) return stored.sheet;
    const key = await this.#findKey();
    if (key === null) {
      this.#opened = null;
      return null;
    }
    if (this.#opened?.id === stored.id) return this.#opened.sheet;
    const text = await key.open(stored.box);
    if (text === null) return null;
    const sheet = JSON.parse(text) as PacketSheet;
    this.#opened = { id: stored.id, sheet };
    return sheet;
  }

  /** What becomes of the drafts under this key; null when there are none. */
  async #sortDrafts(
    key: TurfKey | null,
    doors: readonly { readonly id: DoorId }[],
  ): Promise<{ stay: Set<string>; shut: StoredDraft[]; open: string[] } | null> {
    const drafts = await this.#open(() => this.#drafts.toArray());
    if (drafts.length === 0) return null;
    const ids = new Set<string>(doors.map((door) => door.id));
    if (key === null) return { stay: ids, shut: [], open: [] };
    const names = await Promise.all([...ids].map((id) => key.nameOf(id)));
    const open = drafts.filter((draft) => 'draft' in draft);
    const here = open.filter(({ doorId }) => ids.has(doorId));
    const shut = await Promise.all(here.map(({ doorId, draft }) => shutDraft(key, doorId, draft)));
    return { stay: new Set(names), shut, open: open.map(({ doorId }) => doorId) };
  }

  async #findHold(): Promise<Hold | null> {
    const value = (await this.#entries.get('hold'))?.value;
    if (typeof value === 'object' && value !== null) return value;
    // A packet of an earlier version of the app has no such entry.
    const stored = await this.#packet.get('packet');
    return isOpen(stored) ? holdOf(stored.sheet) : null;
  }

  #read(name: Entry['name']): Promise<Entry['value']> {
    return this.#open(async () => (await this.#entries.get(name))?.value ?? null);
  }

  #change<T>(work: () => PromiseLike<T>): Promise<T> {
    const tables = [this.#packet, this.#rows, this.#entries, this.#drafts];
    return this.#open(() => this.#db.transaction('rw', tables, async () => work()));
  }

  async #putPage({ cursor, seen }: PulledPage, rows: readonly (LogRow | ShutRow)[]): Promise<void> {
    const before = (await this.#entries.get('seen'))?.value;
    await this.#rows.bulkPut([...rows]);
    await this.#entries.put({ name: 'cursor', value: cursor });
    if (seen !== null && (typeof before !== 'string' || seen > before)) {
      await this.#entries.put({ name: 'seen', value: seen });
    }
  }
}

const plain = <T>(value: T): Promise<T> => Promise.resolve(value);

async function shutSheet(key: TurfKey | null, sheet: PacketSheet): Promise<StoredPacket> {
  if (key === null) return { name: 'packet', sheet };
  const box = await key.shut(JSON.stringify(sheet));
  return { name: 'packet', id: crypto.randomUUID(), turfId: sheet.turf.id, box };
}

async function shutDraft(key: TurfKey, doorId: DoorId, draft: unknown): Promise<StoredDraft> {
  const [name, box] = await Promise.all([key.nameOf(doorId), key.shut(JSON.stringify(draft))]);
  return { doorId: name, box };
}
