import type { DeviceId } from '#shared/kernel/ids.ts';
import type { Stamp } from '#shared/merge/stamps.ts';
import type { OpResult } from '#shared/sync/protocol.ts';
import type { TurfKeys } from '../lock/vault.ts';
import { DexieCarried } from './dexie-carried.ts';
import { DexieIdentities } from './dexie-identities.ts';
import type { IdbSource } from './idb-source.ts';
import type { MakeRoom } from './on-open-database.ts';
import { onWritten } from './on-written.ts';
import { OUTBOX_NAME, OutboxDb } from './outbox-db.ts';
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
} from './outbox-store.ts';
import { OwnFacts } from './own-facts.ts';
import { dropCopy, hasCopy, isWaiting, SETTLED, settleOp } from './settle-op.ts';
import { makeOpOpener, shutOp, type StoredOp } from './shut-op.ts';
import { watchOpened } from './watch-opened.ts';

/**
 * The outbox in an IndexedDB database of its own: the facts, and the other parts of what must not be
 * lost beside them. What they say lies sealed and behind the turf's key, once the phone is guarded.
 */
export class DexieOutbox implements OutboxStore {
  readonly #db: OutboxDb;
  readonly #identities: DexieIdentities;
  readonly #carried: DexieCarried;
  readonly #keys: TurfKeys | null;
  readonly #openOps = makeOpOpener();
  readonly #facts: OwnFacts;

  constructor(
    makeEpoch: () => string,
    source?: IdbSource,
    makeRoom?: MakeRoom,
    keys: TurfKeys | null = null,
  ) {
    this.#keys = keys;
    this.#db = new OutboxDb(makeEpoch, source, makeRoom);
    this.#carried = new DexieCarried(this.#db);
    this.#identities = new DexieIdentities(this.#db, this.#carried);
    this.#facts = new OwnFacts({
      read: (opIds) =>
        opIds === null
          ? this.listAll()
          : this.#read(async () => (await this.#db.ops.bulkGet([...opIds])).filter(isThere)),
      onWritten: (heard) => onWritten(OUTBOX_NAME, ['ops'], (_, opIds) => heard(opIds)),
      onKeys: (heard) => keys?.subscribe(heard) ?? (() => {}),
    });
  }

  async readHead(): Promise<OutboxHead> {
    const row = await this.#db.open(() => this.#db.findHead());
    return { ...NO_NOTES, ...(row ?? (await this.#db.changeHead((head) => head))) };
  }

  async changeHead(change: (head: OutboxHead) => Partial<HeadNotes>): Promise<void> {
    await this.#db.changeHead((head) => ({ ...head, ...change({ ...NO_NOTES, ...head }) }));
  }

  readIdentity(): Promise<Identity | null> {
    return this.#identities.current();
  }

  readIdentities(): Promise<readonly Identity[]> {
    return this.#identities.list();
  }

  putIdentity(identity: Identity): Promise<void> {
    return this.#identities.put(identity);
  }

  changeIdentity(
    deviceId: DeviceId,
    change: (identity: Identity) => Partial<Identity>,
  ): Promise<Identity | null> {
    return this.#identities.change(deviceId, change);
  }

  noteContact(contact: Contact): Promise<void> {
    return this.#identities.noteContact(contact);
  }

  async append(op: OutboxOp, stamp: Stamp): Promise<'saved' | 'moved'> {
    const stored = await this.#shut(op);
    const { ops, head: heads } = this.#db;
    const end = await this.#db.change([ops, heads], async () => {
      const head = await this.#db.findHead();
      if (head?.nextSeq !== op.localSeq) {
        // The first try may have been written although the browser said that it was not.
        return (await ops.get(op.opId)) === undefined ? 'moved' : 'saved';
      }
      const next = { ...head, nextSeq: op.localSeq + 1, lastStamp: stamp };
      await Promise.all([ops.add(stored), heads.put(next)]);
      return 'saved';
    });
    // On its own: whatever goes wrong while it is shown, it is saved.
    if (end === 'saved') queueMicrotask(() => this.#facts.note(op));
    return end;
  }

  listUnsent(): Promise<readonly OutboxOp[]> {
    return this.listIn(['unsent']);
  }

  async listIn(states: readonly OutboxState[]): Promise<readonly OutboxOp[]> {
    return this.#read(() => this.#inStates(states));
  }

  listAll(): Promise<readonly OutboxOp[]> {
    return this.#read(() => this.#db.ops.orderBy('localSeq').toArray());
  }

  async listBare(): Promise<readonly OutboxOp[]> {
    if (this.#keys === null || (await this.#keys.isUndecided())) return [];
    return this.#db.open(() => this.#db.ops.filter((op) => op.body !== '').sortBy('localSeq'));
  }

  async coverBare(
    sealed: readonly { readonly opId: string; readonly sealed: string }[],
  ): Promise<void> {
    const byId = new Map(sealed.map((each) => [each.opId, each.sealed]));
    const bare = (await this.listBare()).filter((op) => byId.has(op.opId));
    const key = (await this.#keys?.find()) ?? null;
    const covered = await Promise.all(
      bare.map(async (op) => {
        const whole = { ...op, sealed: op.sealed ?? byId.get(op.opId) ?? '' };
        return [op.opId, await shutOp(key, whole)] as const;
      }),
    );
    const after = new Map(covered);
    await this.#rewrite([...after.keys()], (op) => {
      const shut = after.get(op.opId);
      if (shut?.sealed === undefined || shut.sealed === '' || op.body === '') return null;
      const { state, result, settledAt } = op;
      return { ...shut, state, result, ...(settledAt !== undefined && { settledAt }) };
    });
  }

  settle(results: readonly OpResult[], serverMs: number): Promise<void> {
    const byId = new Map(results.map((result) => [result.opId, result]));
    return this.#rewrite([...byId.keys()], (op) => {
      const result = byId.get(op.opId);
      return result === undefined ? null : settleOp(op, result, serverMs);
    });
  }

  putSealed(sealed: readonly { readonly opId: string; readonly sealed: string }[]): Promise<void> {
    const byId = new Map(sealed.map((each) => [each.opId, each.sealed]));
    return this.#rewrite([...byId.keys()], (op) => {
      const text = byId.get(op.opId);
      if (op.state === 'unsent' || !hasCopy(op) || text === undefined) return null;
      const { box: _box, ...rest }: StoredOp = dropCopy(op, text);
      return rest;
    });
  }

  markAgain(opIds: readonly string[]): Promise<void> {
    return this.#rewrite(opIds, (op) =>
      SETTLED.includes(op.state) ? { ...op, state: 'again' } : null,
    );
  }

  async dropSettled(serverMs: number, afterMs: number): Promise<void> {
    const { ops } = this.#db;
    const settled = (await this.#db.open(() => this.#inStates(SETTLED))).map((op) => op.opId);
    await this.#db.change([ops], async () => {
      const rows = await ops.bulkGet(settled);
      const here = rows.filter((op) => op !== undefined && SETTLED.includes(op.state));
      const old = here.flatMap((op) =>
        op?.settledAt !== undefined && op.settledAt < serverMs - afterMs ? [op.opId] : [],
      );
      const undated = here.flatMap((op) =>
        op !== undefined && op.settledAt === undefined ? [{ ...op, settledAt: serverMs }] : [],
      );
      await ops.bulkDelete(old);
      await ops.bulkPut(undated);
    });
    await this.#carried.drop(serverMs - afterMs);
  }

  putCarried(carried: CarriedFile): Promise<void> {
    return this.#carried.put(carried);
  }

  listCarried(): Promise<readonly CarriedFile[]> {
    return this.#carried.list();
  }

  settleCarried(key: string, results: readonly OpResult[], serverMs: number): Promise<void> {
    return this.#carried.settle(key, results, serverMs);
  }

  watchUnsent(listener: (unsent: number) => void): () => void {
    return this.#count((op) => op.state === 'unsent', listener);
  }

  /** Calls back with the number of facts that somebody of the chapter has yet to look at. */
  watchHeld(listener: (held: number) => void): () => void {
    return this.#count(isWaiting, listener);
  }

  /** Calls back with the number of facts of other phones that are still to be handed on. */
  watchCarried(listener: (carried: number) => void): () => void {
    return this.#watch(() => this.#carried.count(), listener);
  }

  /** Calls back now and after every change, in any tab; null before anything was written. */
  watchHead(listener: (head: OutboxHead | null) => void): () => void {
    return this.#watch(async () => {
      const row = await this.#db.findHead();
      return row === undefined ? null : { ...NO_NOTES, ...row };
    }, listener);
  }

  /** Calls back now and after every change, in any tab, with everything that is kept here. */
  watchAll(listener: (ops: readonly OutboxOp[]) => void): () => void {
    return this.#facts.watch(listener);
  }

  close(): void {
    this.#db.close();
  }

  #watch<T>(query: () => PromiseLike<T>, listener: (value: T) => void): () => void {
    return watchOpened({ query, open: (value: T) => Promise.resolve(value), keys: null }, listener);
  }

  #count(counts: (op: OutboxOp) => boolean, listener: (count: number) => void): () => void {
    let before: number | null = null;
    return this.#facts.watch((ops) => {
      const count = ops.reduce((sum, op) => sum + (counts(op) ? 1 : 0), 0);
      if (count !== before) listener(count);
      before = count;
    });
  }

  async #read(query: () => PromiseLike<StoredOp[]>): Promise<OutboxOp[]> {
    const rows = await this.#db.open(query);
    return this.#openOps((await this.#keys?.find()) ?? null, rows);
  }

  #inStates(states: readonly OutboxState[]): PromiseLike<StoredOp[]> {
    return this.#db.ops
      .where('state')
      .anyOf([...states])
      .sortBy('localSeq');
  }

  /** As it will lie on the disk. Until the person has chosen how the phone is guarded: as it is. */
  async #shut(op: OutboxOp): Promise<StoredOp> {
    const { sealed } = op;
    if (this.#keys === null || sealed === undefined) return op;
    const key = await this.#keys.find();
    if (key !== null || !(await this.#keys.isUndecided())) return shutOp(key, { ...op, sealed });
    const { copy: _copy, ...bare } = op;
    return bare;
  }

  /** Writes those of the operations that `change` changes, in one transaction. */
  #rewrite(opIds: readonly string[], change: (op: StoredOp) => StoredOp | null): Promise<void> {
    const { ops } = this.#db;
    return this.#db.change([ops], async () => {
      const rows = await ops.bulkGet([...opIds]);
      await ops.bulkPut(rows.flatMap((op) => (op === undefined ? [] : (change(op) ?? []))));
    });
  }
}

const isThere = (op: StoredOp | undefined): op is StoredOp => op !== undefined;
