import type { DeviceId } from '#shared/kernel/ids.ts';
import type { Stamp } from '#shared/merge/stamps.ts';
import type { OpResult } from '#shared/sync/protocol.ts';
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
import { dropCopy, hasCopy, SETTLED, settleOp } from '../../../client/store/settle-op.ts';
import type { Life } from './life.ts';
import type { LockNotes, SimLock } from './sim-lock.ts';

/** The lock over what is read, where there is one. */
export interface MemoryLock {
  readonly lock: SimLock;
  readonly notes: LockNotes;
}

/** The outbox database of a phone: what survives a crash. */
export interface OutboxDisk {
  readonly ops: Map<string, OutboxOp>;
  head: OutboxHead;
  current: Identity | null;
  readonly identities: Map<string, Identity>;
  readonly carried: Map<string, CarriedFile>;
}

export function makeOutboxDisk(dbEpoch: string): OutboxDisk {
  return {
    ops: new Map(),
    head: {
      dbEpoch,
      nextSeq: 1,
      lastStamp: null,
      clockOffsetMs: null,
      incarnation: null,
      ...NO_NOTES,
    },
    current: null,
    identities: new Map(),
    carried: new Map(),
  };
}

/** The outbox on a disk of memory, one life long. */
export class MemoryOutbox implements OutboxStore {
  readonly #disk: OutboxDisk;
  readonly #edge: Pick<Life, 'transact'>;
  readonly #watchers = new Set<(unsent: number) => void>();

  readonly #lock: MemoryLock | null;

  constructor(disk: OutboxDisk, edge: Pick<Life, 'transact'>, lock: MemoryLock | null = null) {
    this.#disk = disk;
    this.#lock = lock;
    this.#edge = edge;
  }

  readHead(): Promise<OutboxHead> {
    return this.#edge.transact('outbox.readHead', () => this.#disk.head);
  }
  changeHead(change: (head: OutboxHead) => Partial<HeadNotes>): Promise<void> {
    return this.#edge.transact('outbox.changeHead', () => {
      this.#disk.head = { ...this.#disk.head, ...change(this.#disk.head) };
    });
  }
  readIdentity(): Promise<Identity | null> {
    return this.#edge.transact('outbox.readIdentity', () => this.#identity());
  }
  readIdentities(): Promise<readonly Identity[]> {
    return this.#edge.transact('outbox.readIdentities', () => [...this.#disk.identities.values()]);
  }
  putIdentity(identity: Identity): Promise<void> {
    return this.#edge.transact('outbox.putIdentity', () => {
      this.#disk.identities.set(identity.deviceId, identity);
      this.#disk.current = identity;
      this.#disk.head = { ...this.#disk.head, ended: null };
    });
  }
  changeIdentity(
    deviceId: DeviceId,
    change: (identity: Identity) => Partial<Identity>,
  ): Promise<Identity | null> {
    return this.#edge.transact('outbox.changeIdentity', () => {
      const known = this.#disk.identities.get(deviceId);
      if (known === undefined) return null;
      const after = { ...known, ...change(known) };
      this.#disk.identities.set(deviceId, after);
      if (this.#disk.current?.deviceId === deviceId) this.#disk.current = after;
      return after;
    });
  }
  async append(op: OutboxOp, stamp: Stamp): Promise<'saved' | 'moved'> {
    const disk = this.#disk;
    const end = await this.#edge.transact('outbox.append', () => {
      if (disk.ops.has(op.opId)) return 'saved';
      if (disk.head.nextSeq !== op.localSeq) return 'moved';
      const key = this.#lock?.lock.key ?? null;
      if (key !== null) this.#lock?.notes.copies.set(op.opId, key);
      disk.ops.set(op.opId, op);
      disk.head = { ...disk.head, nextSeq: op.localSeq + 1, lastStamp: stamp };
      return 'saved';
    });
    this.#tell();
    return end;
  }
  listUnsent(): Promise<readonly OutboxOp[]> {
    return this.#edge.transact('outbox.listUnsent', () =>
      this.#read().filter((op) => op.state === 'unsent'),
    );
  }
  listIn(states: readonly OutboxState[]): Promise<readonly OutboxOp[]> {
    return this.#edge.transact('outbox.listIn', () =>
      this.#read().filter((op) => states.includes(op.state)),
    );
  }
  listAll(): Promise<readonly OutboxOp[]> {
    return this.#edge.transact('outbox.listAll', () => this.#read());
  }
  async settle(results: readonly OpResult[], serverMs: number): Promise<void> {
    await this.#edge.transact('outbox.settle', () => {
      for (const result of results) {
        const op = this.#disk.ops.get(result.opId);
        const next = op === undefined ? null : settleOp(op, result, serverMs);
        if (next !== null) this.#disk.ops.set(next.opId, next);
      }
    });
    this.#tell();
  }
  listBare(): Promise<readonly OutboxOp[]> {
    return Promise.resolve([]);
  }
  coverBare(): Promise<void> {
    return Promise.resolve();
  }
  putSealed(sealed: readonly { readonly opId: string; readonly sealed: string }[]): Promise<void> {
    return this.#edge.transact('outbox.putSealed', () => {
      for (const one of sealed) {
        const op = this.#disk.ops.get(one.opId);
        if (op === undefined || op.state === 'unsent' || !hasCopy(op)) continue;
        this.#disk.ops.set(op.opId, dropCopy(op, one.sealed));
      }
    });
  }
  async markAgain(opIds: readonly string[]): Promise<void> {
    await this.#edge.transact('outbox.markAgain', () => {
      for (const opId of opIds) {
        const op = this.#disk.ops.get(opId);
        if (op !== undefined && SETTLED.includes(op.state)) {
          this.#disk.ops.set(opId, { ...op, state: 'again' });
        }
      }
    });
    this.#tell();
  }
  dropSettled(serverMs: number, afterMs: number): Promise<void> {
    return this.#edge.transact('outbox.dropSettled', () => {
      for (const op of this.#all()) {
        if (!SETTLED.includes(op.state)) continue;
        if (op.settledAt === undefined) {
          this.#disk.ops.set(op.opId, { ...op, settledAt: serverMs });
        } else if (op.settledAt < serverMs - afterMs) {
          this.#disk.ops.delete(op.opId);
        }
      }
      for (const [key, carried] of this.#disk.carried) {
        const { file, results, settledAt = Infinity } = carried;
        if (results === null || settledAt >= serverMs - afterMs) continue;
        this.#disk.carried.set(key, { ...carried, file: { ...file, ops: [] } });
      }
    });
  }
  async noteContact(contact: Contact): Promise<void> {
    await this.#edge.transact('outbox.noteContact', () => this.#note(contact));
    this.#tell();
  }
  putCarried(carried: CarriedFile): Promise<void> {
    return this.#edge.transact('outbox.putCarried', () => {
      const before = this.#disk.carried.get(carried.key);
      if (before?.results !== null) this.#disk.carried.set(carried.key, carried);
    });
  }
  listCarried(): Promise<readonly CarriedFile[]> {
    return this.#edge.transact('outbox.listCarried', () => [...this.#disk.carried.values()]);
  }
  settleCarried(key: string, results: readonly OpResult[], serverMs: number): Promise<void> {
    return this.#edge.transact('outbox.settleCarried', () => {
      const carried = this.#disk.carried.get(key);
      if (carried === undefined) return;
      this.#disk.carried.set(key, { ...carried, results, settledAt: serverMs });
    });
  }
  watchUnsent(listener: (unsent: number) => void): () => void {
    this.#watchers.add(listener);
    listener(this.#unsent());
    return () => this.#watchers.delete(listener);
  }

  #identity(): Identity | null {
    const { current, identities } = this.#disk;
    return current === null ? null : (identities.get(current.deviceId) ?? null);
  }
  #all(): OutboxOp[] {
    return [...this.#disk.ops.values()].sort((a, b) => a.localSeq - b.localSeq);
  }
  /** As the lock lets them be read: the disk itself keeps what each of them says. */
  #read(): OutboxOp[] {
    const { lock, notes } = this.#lock ?? {};
    return this.#all().map((op) =>
      op.copy === undefined || lock?.reads(notes?.copies.get(op.opId)) !== false
        ? op
        : { ...op, body: '' },
    );
  }
  #note({ deviceId, incarnation, clockOffsetMs, serverMs }: Contact): void {
    const { head, identities } = this.#disk;
    this.#disk.head = { ...head, clockOffsetMs, incarnation, serverMs, seenMs: null };
    const identity = identities.get(deviceId);
    if (identity === undefined || identity.incarnation === incarnation) return;
    const heard = this.#disk.current?.deviceId === deviceId ? head.incarnation : null;
    const before = identity.incarnation ?? heard;
    for (const one of identities.values()) {
      if (one.chapter.id === identity.chapter.id)
        identities.set(one.deviceId, { ...one, incarnation });
    }
    if (before === null || before === incarnation) return;
    for (const op of this.#all()) {
      if (!SETTLED.includes(op.state) || op.chapterId !== identity.chapter.id) continue;
      this.#disk.ops.set(op.opId, { ...op, state: 'again' });
    }
    for (const [key, { file, results }] of this.#disk.carried) {
      if (results === null || file.ops.length === 0) continue;
      if (file.chapterId !== identity.chapter.id) continue;
      this.#disk.carried.set(key, { key, file, results: null });
    }
  }
  #unsent(): number {
    return this.#all().filter((op) => op.state === 'unsent').length;
  }
  #tell(): void {
    for (const watcher of this.#watchers) watcher(this.#unsent());
  }
}
