import type { DoorId } from '#shared/kernel/ids.ts';
import type { Stamp } from '#shared/merge/stamps.ts';
import type { Packet } from '#shared/model/packet.ts';
import { applyPull, type LogRow, type PulledPage } from '#shared/sync/apply-pull.ts';
import type { OpResult } from '#shared/sync/protocol.ts';
import { holdOf } from '../../../client/store/hold-of.ts';
import {
  type CarriedFile,
  type Contact,
  type HeadNotes,
  type Identity,
  NO_NOTES,
  type OutboxHead,
  type OutboxOp,
  type OutboxState,
  type OutboxStore,
} from '../../../client/store/outbox-store.ts';
import type { Hold, PacketSheet, PacketStore } from '../../../client/store/packet-store.ts';
import { SETTLED, settleOp } from '../../../client/store/settle-op.ts';
import type { Life } from './life.ts';

/** What survives a crash of a phone. */
export interface Disk {
  readonly ops: Map<string, OutboxOp>;
  head: OutboxHead;
  current: Identity | null;
  readonly identities: Map<string, Identity>;
  readonly carried: Map<string, CarriedFile>;
  sheet: PacketSheet | null;
  hold: Hold | null;
  readonly rows: Map<string, LogRow>;
  cursor: string | null;
  seen: Stamp | null;
  syncedAt: number | null;
  readonly drafts: Map<DoorId, unknown>;
}

export function makeDisk(dbEpoch: string): Disk {
  return {
    ops: new Map(),
    head: {
      ...NO_NOTES,
      dbEpoch,
      nextSeq: 1,
      lastStamp: null,
      clockOffsetMs: null,
      incarnation: null,
    },
    current: null,
    identities: new Map(),
    carried: new Map(),
    sheet: null,
    hold: null,
    rows: new Map(),
    cursor: null,
    seen: null,
    syncedAt: null,
    drafts: new Map(),
  };
}

/** The edge that every access passes: one transaction, which may fail, or be the last of a life. */
type Edge = Pick<Life, 'transact'>;

/** The outbox on a disk of memory, one life long. */
export class MemoryOutbox implements OutboxStore {
  readonly #disk: Disk;
  readonly #edge: Edge;
  readonly #watchers = new Set<(unsent: number) => void>();

  constructor(disk: Disk, edge: Edge) {
    this.#disk = disk;
    this.#edge = edge;
  }

  readHead(): Promise<OutboxHead> {
    return this.#edge.transact(() => this.#disk.head);
  }
  readIdentity(): Promise<Identity | null> {
    return this.#edge.transact(() => this.#disk.current);
  }
  readIdentities(): Promise<readonly Identity[]> {
    return this.#edge.transact(() => [...this.#disk.identities.values()]);
  }
  putIdentity(identity: Identity): Promise<void> {
    return this.#edge.transact(() => {
      this.#disk.identities.set(identity.deviceId, identity);
      this.#disk.current = identity;
      this.#disk.head = { ...this.#disk.head, ended: null };
    });
  }
  changeIdentity(
    deviceId: Identity['deviceId'],
    change: (identity: Identity) => Partial<Identity>,
  ): Promise<Identity | null> {
    return this.#edge.transact(() => this.#changeIdentity(deviceId, change));
  }
  changeHead(change: (head: OutboxHead) => Partial<HeadNotes>): Promise<void> {
    return this.#edge.transact(() => {
      this.#disk.head = { ...this.#disk.head, ...change(this.#disk.head) };
    });
  }
  async append(op: OutboxOp, stamp: Stamp): Promise<'saved' | 'moved'> {
    const disk = this.#disk;
    const end = await this.#edge.transact(() => {
      if (disk.ops.has(op.opId)) return 'saved';
      if (disk.head.nextSeq !== op.localSeq) return 'moved';
      disk.ops.set(op.opId, op);
      disk.head = { ...disk.head, nextSeq: op.localSeq + 1, lastStamp: stamp };
      return 'saved';
    });
    this.#tell();
    return end;
  }
  listUnsent(): Promise<readonly OutboxOp[]> {
    return this.#edge.transact(() => this.#unsent());
  }
  listAll(): Promise<readonly OutboxOp[]> {
    return this.#edge.transact(() => [...this.#disk.ops.values()]);
  }
  listIn(states: readonly OutboxState[]): Promise<readonly OutboxOp[]> {
    return this.#edge.transact(() =>
      [...this.#disk.ops.values()].filter((op) => states.includes(op.state)),
    );
  }
  async settle(results: readonly OpResult[], serverMs: number): Promise<void> {
    await this.#edge.transact(() => {
      for (const result of results) {
        this.#rewrite(result.opId, (op) => settleOp(op, result, serverMs));
      }
    });
    this.#tell();
  }
  putSealed(sealed: readonly { readonly opId: string; readonly sealed: string }[]): Promise<void> {
    return this.#edge.transact(() => {
      for (const { opId, sealed: text } of sealed) {
        this.#rewrite(opId, (op) => {
          if (op.state === 'unsent' || op.sealed !== undefined) return null;
          const state = op.state === 'acked' ? 'kept' : op.state;
          return { ...op, state, body: '', sealed: text };
        });
      }
    });
  }
  markAgain(opIds: readonly string[]): Promise<void> {
    return this.#edge.transact(() => {
      for (const opId of opIds) this.#again(opId);
    });
  }
  dropSettled(serverMs: number, afterMs: number): Promise<void> {
    return this.#edge.transact(() => {
      for (const op of this.#disk.ops.values()) {
        if (!SETTLED.includes(op.state)) continue;
        if (op.settledAt === undefined) {
          this.#disk.ops.set(op.opId, { ...op, settledAt: serverMs });
        } else if (op.settledAt < serverMs - afterMs) this.#disk.ops.delete(op.opId);
      }
    });
  }
  noteContact(contact: Contact): Promise<void> {
    const { deviceId, incarnation, clockOffsetMs, serverMs } = contact;
    return this.#edge.transact(() => {
      const disk = this.#disk;
      const last = disk.head.incarnation;
      disk.head = { ...disk.head, clockOffsetMs, incarnation, serverMs };
      const identity = disk.identities.get(deviceId);
      if (identity === undefined || identity.incarnation === incarnation) return;
      const before =
        identity.incarnation ?? (disk.current?.deviceId === deviceId ? last : null) ?? null;
      for (const one of disk.identities.values()) {
        if (one.chapter.id === identity.chapter.id) {
          this.#changeIdentity(one.deviceId, () => ({ incarnation }));
        }
      }
      if (before === null || before === incarnation) return;
      for (const op of disk.ops.values()) {
        if (op.chapterId === identity.chapter.id) this.#again(op.opId);
      }
    });
  }
  putCarried(carried: CarriedFile): Promise<void> {
    return this.#edge.transact(() => {
      if (!this.#disk.carried.has(carried.key)) this.#disk.carried.set(carried.key, carried);
    });
  }
  listCarried(): Promise<readonly CarriedFile[]> {
    return this.#edge.transact(() => [...this.#disk.carried.values()]);
  }
  settleCarried(key: string, results: readonly OpResult[]): Promise<void> {
    return this.#edge.transact(() => {
      const known = this.#disk.carried.get(key);
      if (known === undefined) return;
      this.#disk.carried.set(key, { ...known, file: { ...known.file, ops: [] }, results });
    });
  }
  watchUnsent(listener: (unsent: number) => void): () => void {
    this.#watchers.add(listener);
    listener(this.#unsent().length);
    return () => this.#watchers.delete(listener);
  }

  #unsent(): OutboxOp[] {
    return [...this.#disk.ops.values()].filter((op) => op.state === 'unsent');
  }
  #rewrite(opId: string, change: (op: OutboxOp) => OutboxOp | null): void {
    const op = this.#disk.ops.get(opId);
    const next = op === undefined ? null : change(op);
    if (next !== null) this.#disk.ops.set(opId, next);
  }
  #again(opId: string): void {
    this.#rewrite(opId, (op) => (SETTLED.includes(op.state) ? { ...op, state: 'again' } : null));
  }
  #changeIdentity(
    deviceId: string,
    change: (identity: Identity) => Partial<Identity>,
  ): Identity | null {
    const before = this.#disk.identities.get(deviceId);
    if (before === undefined) return null;
    const after = { ...before, ...change(before) };
    this.#disk.identities.set(deviceId, after);
    if (this.#disk.current?.deviceId === deviceId) this.#disk.current = after;
    return after;
  }
  #tell(): void {
    for (const watcher of this.#watchers) watcher(this.#unsent().length);
  }
}

/** The read model on a disk of memory. `cursorFirst` is a seeded bug: two transactions for a page. */
export class MemoryPackets implements PacketStore {
  readonly #disk: Disk;
  readonly #edge: Edge;
  readonly #cursorFirst: boolean;

  constructor(disk: Disk, edge: Edge, cursorFirst = false) {
    this.#disk = disk;
    this.#edge = edge;
    this.#cursorFirst = cursorFirst;
  }

  readPacket(): Promise<PacketSheet | null> {
    return this.#edge.transact(() => this.#disk.sheet);
  }
  putPacket(packet: Packet): Promise<void> {
    const { history, ...sheet } = packet;
    const page = applyPull(history as Parameters<typeof applyPull>[0], packet.cursor);
    const doors = new Set<string>(packet.doors.map((door) => door.id));
    return this.#edge.transact(() => {
      const { drafts, rows } = this.#disk;
      rows.clear();
      for (const doorId of drafts.keys()) if (!doors.has(doorId)) drafts.delete(doorId);
      this.#disk.sheet = sheet;
      this.#disk.hold = holdOf(sheet);
      this.#putPage(page);
    });
  }
  readHold(): Promise<Hold | null> {
    return this.#edge.transact(() => this.#disk.hold);
  }
  noteHold(until: number): Promise<void> {
    return this.#edge.transact(() => {
      if (this.#disk.hold !== null) this.#disk.hold = { ...this.#disk.hold, until };
    });
  }
  purge(): Promise<void> {
    return this.#edge.transact(() => {
      const disk = this.#disk;
      disk.rows.clear();
      disk.drafts.clear();
      disk.sheet = null;
      disk.hold = null;
      disk.cursor = null;
    });
  }
  findRows(opIds: readonly string[]): Promise<ReadonlySet<string>> {
    return this.#edge.transact(() => new Set(opIds.filter((opId) => this.#disk.rows.has(opId))));
  }
  countDrafts(): Promise<number> {
    return this.#edge.transact(() => this.#disk.drafts.size);
  }
  readCursor(): Promise<string | null> {
    return this.#edge.transact(() => this.#disk.cursor);
  }
  rewindCursor(): Promise<void> {
    return this.#edge.transact(() => {
      this.#disk.cursor = this.#disk.sheet?.cursor ?? null;
    });
  }
  async putPage(page: PulledPage, fromCursor: string): Promise<'written' | 'moved'> {
    if (this.#cursorFirst) {
      await this.#edge.transact(() => {
        this.#disk.cursor = page.cursor;
      });
      await this.#edge.transact(() => this.#putPage(page));
      return 'written';
    }
    return this.#edge.transact(() => {
      if (this.#disk.cursor === page.cursor) return 'written';
      if (this.#disk.cursor !== fromCursor) return 'moved';
      this.#putPage(page);
      return 'written';
    });
  }
  readRows(): Promise<readonly LogRow[]> {
    return this.#edge.transact(() => [...this.#disk.rows.values()].sort((a, b) => a.seq - b.seq));
  }
  readSeenStamp(): Promise<Stamp | null> {
    return this.#edge.transact(() => this.#disk.seen);
  }
  readLastSyncedAt(): Promise<number | null> {
    return this.#edge.transact(() => this.#disk.syncedAt);
  }
  noteSynced(at: number): Promise<void> {
    return this.#edge.transact(() => {
      this.#disk.syncedAt = at;
    });
  }
  readDraft(doorId: DoorId): Promise<unknown> {
    return this.#edge.transact(() => this.#disk.drafts.get(doorId));
  }
  putDraft(doorId: DoorId, draft: unknown): Promise<void> {
    return this.#edge.transact(() => void this.#disk.drafts.set(doorId, draft));
  }
  dropDraft(doorId: DoorId): Promise<void> {
    return this.#edge.transact(() => void this.#disk.drafts.delete(doorId));
  }

  #putPage({ rows, cursor, seen }: PulledPage): void {
    for (const row of rows) this.#disk.rows.set(row.opId, row);
    this.#disk.cursor = cursor;
    if (seen !== null && (this.#disk.seen === null || seen > this.#disk.seen)) {
      this.#disk.seen = seen;
    }
  }
}
