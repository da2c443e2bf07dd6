import type { DoorId } from '#shared/kernel/ids.ts';
import type { Stamp } from '#shared/merge/stamps.ts';
import type { Packet } from '#shared/model/packet.ts';
import { applyPull, type LogRow, type PulledPage } from '#shared/sync/apply-pull.ts';
import type { OpResult } from '#shared/sync/protocol.ts';
import type {
  Contact,
  Identity,
  OutboxHead,
  OutboxOp,
  OutboxStore,
} from '../../../client/store/outbox-store.ts';
import type { PacketSheet, PacketStore } from '../../../client/store/packet-store.ts';
import type { Life } from './life.ts';

/** What survives a crash of a phone. */
export interface Disk {
  readonly ops: Map<string, OutboxOp>;
  head: OutboxHead;
  current: Identity | null;
  readonly identities: Map<string, Identity>;
  sheet: PacketSheet | null;
  readonly rows: Map<string, LogRow>;
  cursor: string | null;
  seen: Stamp | null;
  syncedAt: number | null;
  readonly drafts: Map<DoorId, unknown>;
}

export function makeDisk(dbEpoch: string): Disk {
  return {
    ops: new Map(),
    head: { dbEpoch, nextSeq: 1, lastStamp: null, clockOffsetMs: null, incarnation: null },
    current: null,
    identities: new Map(),
    sheet: null,
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
  async settle(results: readonly OpResult[]): Promise<void> {
    await this.#edge.transact(() => {
      for (const result of results) {
        const op = this.#disk.ops.get(result.opId);
        if (op?.state !== 'unsent') continue;
        const state = result.status === 'held' ? 'held' : 'acked';
        this.#disk.ops.set(op.opId, { ...op, state, result });
      }
    });
    this.#tell();
  }
  noteContact(contact: Contact): Promise<void> {
    return this.#edge.transact(() => {
      this.#disk.head = { ...this.#disk.head, ...contact };
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
    return this.#edge.transact(() => {
      this.#disk.rows.clear();
      this.#disk.sheet = sheet;
      this.#putPage(page);
    });
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
