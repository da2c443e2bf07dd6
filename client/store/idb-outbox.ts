import type { DeviceId } from '#shared/kernel/ids.ts';
import type { Stamp } from '#shared/merge/stamps.ts';
import type { OpResult } from '#shared/sync/protocol.ts';
import type { TurfKeys } from '../lock/vault.ts';
import { IdbCarried } from './idb-carried.ts';
import { IdbIdentities } from './idb-identities.ts';
import type { IdbSource } from '../idb/source.ts';
import type { MakeRoom } from './on-open-database.ts';
import { findHead, OutboxDb, type OutboxTables } from './outbox-db.ts';
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
import { dropCopy, hasCopy, isWaiting, SETTLED, settleOp } from './settle-op.ts';
import { makeOpOpener, shutOp, type StoredOp } from './shut-op.ts';
import { watchOpened } from './watch-opened.ts';

/** Far more of a phone's own facts than a server keeps back between two pulls. */
const LATEST = 400;

/**
 * The outbox in an IndexedDB database of its own: the facts, and the other parts of what must not be
 * lost beside them. What they say lies sealed and behind the turf's key, once the phone is guarded.
 */
export class IdbOutbox implements OutboxStore {
  readonly #db: OutboxDb;
  readonly #identities: IdbIdentities;
  readonly #carried: IdbCarried;
  readonly #keys: TurfKeys | null;
  readonly #openOps = makeOpOpener();

  constructor(
    makeEpoch: () => string,
    source?: IdbSource,
    makeRoom?: MakeRoom,
    keys: TurfKeys | null = null,
  ) {
    this.#keys = keys;
    this.#db = new OutboxDb(makeEpoch, source, makeRoom);
    this.#identities = new IdbIdentities(this.#db);
    this.#carried = new IdbCarried(this.#db);
  }

  async readHead(): Promise<OutboxHead> {
    const row = await this.#db.read(['head'], findHead);
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
    return this.#db.change(['ops', 'head'], async (tables) => {
      const { ops, head: heads } = tables;
      const [head, before] = await Promise.all([findHead(tables), ops.get(op.opId)]);
      // The first try may have been written although the browser said that it was not.
      if (before !== undefined) return 'saved';
      if (head?.nextSeq !== op.localSeq) return 'moved';
      const next = { ...head, nextSeq: op.localSeq + 1, lastStamp: stamp };
      await Promise.all([ops.add(stored), heads.put(next)]);
      return 'saved';
    });
  }

  listUnsent(): Promise<readonly OutboxOp[]> {
    return this.listIn(['unsent']);
  }

  async listIn(states: readonly OutboxState[]): Promise<readonly OutboxOp[]> {
    return this.#read((tables) => inStates(tables, states));
  }

  listAll(): Promise<readonly OutboxOp[]> {
    return this.#read(inOrder);
  }

  async listBare(): Promise<readonly OutboxOp[]> {
    if (this.#keys === null || (await this.#keys.isUndecided())) return [];
    return (await this.#db.read(['ops'], inOrder)).filter((op) => op.body !== '');
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
    await this.#db.change(['ops'], async ({ ops }) => {
      const settled = await ops.whereAny('state', SETTLED);
      const old = settled.filter(
        ({ settledAt }) => settledAt !== undefined && settledAt < serverMs - afterMs,
      );
      const undated = settled.filter(({ settledAt }) => settledAt === undefined);
      await ops.deleteMany(old.map((op) => op.opId));
      await ops.putMany(undated.map((op) => ({ ...op, settledAt: serverMs })));
    });
  }

  putCarried(carried: CarriedFile): Promise<void> {
    return this.#carried.put(carried);
  }

  listCarried(): Promise<readonly CarriedFile[]> {
    return this.#carried.list();
  }

  settleCarried(key: string, results: readonly OpResult[]): Promise<void> {
    return this.#carried.settle(key, results);
  }

  watchUnsent(listener: (unsent: number) => void): () => void {
    return this.#db.watch(['ops'], ({ ops }) => ops.countWhere('state', 'unsent'), listener);
  }

  /** Calls back with the number of facts that somebody of the chapter has yet to look at. */
  watchHeld(listener: (held: number) => void): () => void {
    const query = async ({ ops }: Ops): Promise<number> =>
      (await ops.where('state', 'held')).filter(isWaiting).length;
    return this.#db.watch(['ops'], query, listener);
  }

  /** Calls back with the number of facts of other phones that are still to be handed on. */
  watchCarried(listener: (carried: number) => void): () => void {
    return this.#carried.watchCount(listener);
  }

  /** Calls back now and after every change, in any tab; null before anything was written. */
  watchHead(listener: (head: OutboxHead | null) => void): () => void {
    const query = async (tables: Pick<OutboxTables, 'head'>): Promise<OutboxHead | null> => {
      const row = await findHead(tables);
      return row === undefined ? null : { ...NO_NOTES, ...row };
    };
    return this.#db.watch(['head'], query, listener);
  }

  /** Calls back now and after every change, in any tab, with everything that is kept here. */
  watchAll(listener: (ops: readonly OutboxOp[]) => void): () => void {
    return this.#watch(inOrder, this.#opening, listener);
  }

  /**
   * Calls back now and after every change, in any tab, with what the log may not have brought back
   * yet: everything unsent, and the latest of the rest. All would be read again at every knock.
   */
  watchOwn(listener: (ops: readonly OutboxOp[]) => void): () => void {
    const query = async (tables: Ops): Promise<StoredOp[]> => {
      const [unsent, latest] = await Promise.all([
        inStates(tables, ['unsent']),
        tables.ops.lastBy('localSeq', LATEST),
      ]);
      const first = latest[0]?.localSeq ?? 0;
      return [...unsent.filter((op) => op.localSeq < first), ...latest.filter(hasCopy)];
    };
    const read = async (rows: readonly StoredOp[]): Promise<OutboxOp[]> =>
      (await this.#opening(rows)).filter((op) => op.body !== '');
    return this.#watch(query, read, listener);
  }

  close(): void {
    this.#db.close();
  }

  #watch(
    query: (tables: Ops) => Promise<StoredOp[]>,
    open: (rows: readonly StoredOp[]) => Promise<OutboxOp[]>,
    listener: (ops: readonly OutboxOp[]) => void,
  ): () => void {
    const watch = (hear: (rows: StoredOp[]) => void) => this.#db.watch(['ops'], query, hear);
    return watchOpened({ watch, open, keys: this.#keys }, listener);
  }

  readonly #opening = async (rows: readonly StoredOp[]): Promise<OutboxOp[]> =>
    this.#openOps((await this.#keys?.find()) ?? null, rows);

  async #read(query: (tables: Ops) => Promise<StoredOp[]>): Promise<OutboxOp[]> {
    return this.#opening(await this.#db.read(['ops'], query));
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
    return this.#db.change(['ops'], async ({ ops }) => {
      const rows = await ops.getMany(opIds);
      await ops.putMany(rows.flatMap((op) => (op === undefined ? [] : (change(op) ?? []))));
    });
  }
}

type Ops = Pick<OutboxTables, 'ops'>;

const inOrder = ({ ops }: Ops): Promise<StoredOp[]> => ops.allBy('localSeq');

async function inStates({ ops }: Ops, states: readonly OutboxState[]): Promise<StoredOp[]> {
  const found = await ops.whereAny('state', states);
  return found.sort((one, other) => one.localSeq - other.localSeq);
}
