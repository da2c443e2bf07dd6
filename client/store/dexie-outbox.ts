import { Dexie, type Table } from 'dexie';
import type { DeviceId } from '#shared/kernel/ids.ts';
import type { Stamp } from '#shared/merge/stamps.ts';
import type { OpResult } from '#shared/sync/protocol.ts';
import type { TurfKeys } from '../lock/vault.ts';
import type { IdbSource } from './idb-source.ts';
import { type MakeRoom, onOpenDatabase } from './on-open-database.ts';
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
import { type OpenedQuery, watchOpened } from './watch-opened.ts';

interface HeadRow extends Omit<OutboxHead, keyof HeadNotes>, Partial<HeadNotes> {
  readonly name: 'head';
  readonly deviceId: DeviceId | null;
}
/** Other phones' files lie beside the head: the schema is frozen, and they are few. */
interface CarriedRow {
  readonly name: `carried:${string}`;
  readonly carried: CarriedFile;
}
type NamedRow = HeadRow | CarriedRow;

const CARRIED = 'carried:';
const asHead = (row: NamedRow | undefined): HeadRow | undefined =>
  row?.name === 'head' ? row : undefined;

/** Far more of a phone's own facts than a server keeps back between two pulls. */
const LATEST = 400;

export const OUTBOX_NAME = 'homeground-outbox';

/**
 * The outbox in an IndexedDB database of its own, whose schema is frozen: version 1 for ever, so
 * that no upgrade ever runs over unsent facts (P3); rows may gain fields, and every reader takes
 * rows without them. Strict durability: saved means on the disk.
 */
export class DexieOutbox implements OutboxStore {
  readonly #db: Dexie;
  readonly #ops: Table<StoredOp, string>;
  readonly #head: Table<NamedRow, string>;
  readonly #identities: Table<Identity, string>;
  readonly #makeEpoch: () => string;
  readonly #makeRoom: MakeRoom | undefined;
  readonly #keys: TurfKeys | null;
  readonly #openOps = makeOpOpener();

  constructor(
    makeEpoch: () => string,
    source?: IdbSource,
    makeRoom?: MakeRoom,
    keys: TurfKeys | null = null,
  ) {
    this.#keys = keys;
    this.#makeEpoch = makeEpoch;
    this.#makeRoom = makeRoom;
    this.#db = new Dexie(OUTBOX_NAME, { chromeTransactionDurability: 'strict', ...source });
    this.#db
      .version(1)
      .stores({ ops: 'opId, state, localSeq', head: 'name', identities: 'deviceId' });
    this.#ops = this.#db.table('ops');
    this.#head = this.#db.table('head');
    this.#identities = this.#db.table('identities');
  }

  async readHead(): Promise<OutboxHead> {
    const row = asHead(await this.#open(() => this.#head.get('head')));
    return { ...NO_NOTES, ...(row ?? (await this.#writeHead((head) => head))) };
  }

  async changeHead(change: (head: OutboxHead) => Partial<HeadNotes>): Promise<void> {
    await this.#writeHead((head) => ({ ...head, ...change({ ...NO_NOTES, ...head }) }));
  }

  async readIdentity(): Promise<Identity | null> {
    return this.#open(() =>
      this.#db.transaction('r', this.#head, this.#identities, async () => {
        const deviceId = asHead(await this.#head.get('head'))?.deviceId ?? null;
        return deviceId === null ? null : ((await this.#identities.get(deviceId)) ?? null);
      }),
    );
  }

  readIdentities(): Promise<readonly Identity[]> {
    return this.#open(() => this.#identities.toArray());
  }

  async putIdentity(identity: Identity): Promise<void> {
    await this.#writeHead(async (head) => {
      await this.#identities.put(identity);
      return { ...head, deviceId: identity.deviceId, ended: null };
    });
  }

  changeIdentity(
    deviceId: DeviceId,
    change: (identity: Identity) => Partial<Identity>,
  ): Promise<Identity | null> {
    return this.#open(() =>
      this.#db.transaction('rw', this.#identities, async () => {
        const before = await this.#identities.get(deviceId);
        if (before === undefined) return null;
        const after = { ...before, ...change(before) };
        await this.#identities.put(after);
        return after;
      }),
    );
  }

  async append(op: OutboxOp, stamp: Stamp): Promise<'saved' | 'moved'> {
    const stored = await this.#shut(op);
    return this.#open(() =>
      this.#db.transaction('rw', this.#ops, this.#head, async () => {
        const [row, before] = await Promise.all([this.#head.get('head'), this.#ops.get(op.opId)]);
        // The first try may have been written although the browser said that it was not.
        if (before !== undefined) return 'saved';
        const head = asHead(row);
        if (head?.nextSeq !== op.localSeq) return 'moved';
        const next = { ...head, nextSeq: op.localSeq + 1, lastStamp: stamp };
        await Promise.all([this.#ops.add(stored), this.#head.put(next)]);
        return 'saved';
      }),
    );
  }

  listUnsent(): Promise<readonly OutboxOp[]> {
    return this.listIn(['unsent']);
  }

  async listIn(states: readonly OutboxState[]): Promise<readonly OutboxOp[]> {
    return this.#read(() => this.#inStates(states));
  }

  listAll(): Promise<readonly OutboxOp[]> {
    return this.#read(() => this.#ops.orderBy('localSeq').toArray());
  }

  async listBare(): Promise<readonly OutboxOp[]> {
    if (this.#keys === null || (await this.#keys.isUndecided())) return [];
    return this.#open(() => this.#ops.filter((op) => op.body !== '').sortBy('localSeq'));
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
    const settled = (await this.#open(() => this.#inStates(SETTLED))).map((op) => op.opId);
    await this.#open(() =>
      this.#db.transaction('rw', this.#ops, async () => {
        const rows = await this.#ops.bulkGet(settled);
        const here = rows.filter((op) => op !== undefined && SETTLED.includes(op.state));
        const old = here.flatMap((op) =>
          op?.settledAt !== undefined && op.settledAt < serverMs - afterMs ? [op.opId] : [],
        );
        const undated = here.flatMap((op) =>
          op !== undefined && op.settledAt === undefined ? [{ ...op, settledAt: serverMs }] : [],
        );
        await this.#ops.bulkDelete(old);
        await this.#ops.bulkPut(undated);
      }),
    );
  }

  async noteContact(contact: Contact): Promise<void> {
    const { deviceId, incarnation, clockOffsetMs, serverMs } = contact;
    await this.#writeHead(async (head) => {
      const next = { ...head, clockOffsetMs, incarnation, serverMs, seenMs: null };
      const identity = await this.#identities.get(deviceId);
      if (identity === undefined || identity.incarnation === incarnation) return next;
      // Rows of the first version know it of the phone's latest contact only.
      const before = identity.incarnation ?? (head.deviceId === deviceId ? head.incarnation : null);
      const chapterId = identity.chapter.id;
      const same = (await this.#identities.toArray()).filter((one) => one.chapter.id === chapterId);
      await this.#identities.bulkPut(same.map((one) => ({ ...one, incarnation })));
      if (before === null || before === incarnation) return next;
      await this.#ops
        .where('state')
        .anyOf([...SETTLED])
        .filter((op) => op.chapterId === chapterId)
        .modify({ state: 'again' });
      return next;
    });
  }

  async putCarried(carried: CarriedFile): Promise<void> {
    await this.#open(() =>
      this.#db.transaction('rw', this.#head, async () => {
        const name = `${CARRIED}${carried.key}` as const;
        if ((await this.#head.get(name)) === undefined) await this.#head.put({ name, carried });
      }),
    );
  }

  async listCarried(): Promise<readonly CarriedFile[]> {
    const rows = await this.#open(() => this.#head.where('name').startsWith(CARRIED).toArray());
    return rows.flatMap((row) => (row.name === 'head' ? [] : [row.carried]));
  }

  async settleCarried(key: string, results: readonly OpResult[]): Promise<void> {
    await this.#open(() =>
      this.#db.transaction('rw', this.#head, async () => {
        const row = await this.#head.get(`${CARRIED}${key}`);
        if (row === undefined || row.name === 'head') return;
        const file = { ...row.carried.file, ops: [] };
        await this.#head.put({ ...row, carried: { ...row.carried, file, results } });
      }),
    );
  }

  watchUnsent(listener: (unsent: number) => void): () => void {
    return this.#watch(() => this.#ops.where('state').equals('unsent').count(), listener);
  }

  /** Calls back with the number of facts that somebody of the chapter has yet to look at. */
  watchHeld(listener: (held: number) => void): () => void {
    return this.#watch(
      () => this.#ops.where('state').equals('held').filter(isWaiting).count(),
      listener,
    );
  }

  /** Calls back with the number of facts of other phones that are still to be handed on. */
  watchCarried(listener: (carried: number) => void): () => void {
    return this.#watch(async () => {
      const rows = await this.#head.where('name').startsWith(CARRIED).toArray();
      return rows.reduce(
        (sum, row) =>
          row.name === 'head' || row.carried.results !== null
            ? sum
            : sum + row.carried.file.ops.length,
        0,
      );
    }, listener);
  }

  /** Calls back now and after every change, in any tab; null before anything was written. */
  watchHead(listener: (head: OutboxHead | null) => void): () => void {
    return this.#watch(async () => {
      const row = asHead(await this.#head.get('head'));
      return row === undefined ? null : { ...NO_NOTES, ...row };
    }, listener);
  }

  /** Calls back now and after every change, in any tab, with everything that is kept here. */
  watchAll(listener: (ops: readonly OutboxOp[]) => void): () => void {
    const query = (): PromiseLike<StoredOp[]> => this.#ops.orderBy('localSeq').toArray();
    return watchOpened({ query, ...this.#opening }, listener);
  }

  /**
   * Calls back now and after every change, in any tab, with what the log may not have brought back
   * yet: everything unsent, and the latest of the rest. All would be read again at every knock.
   */
  watchOwn(listener: (ops: readonly OutboxOp[]) => void): () => void {
    const query = async (): Promise<StoredOp[]> => {
      const [unsent, latest] = await Promise.all([
        this.#ops.where('state').equals('unsent').sortBy('localSeq'),
        this.#ops.orderBy('localSeq').reverse().limit(LATEST).toArray(),
      ]);
      const first = latest.at(-1)?.localSeq ?? 0;
      const readable = latest.filter(hasCopy);
      return [...unsent.filter((op) => op.localSeq < first), ...readable.reverse()];
    };
    const { open, keys } = this.#opening;
    const read = async (rows: StoredOp[]): Promise<OutboxOp[]> =>
      (await open(rows)).filter((op) => op.body !== '');
    return watchOpened({ query, open: read, keys }, listener);
  }

  close(): void {
    this.#db.close();
  }

  #open<T>(work: () => PromiseLike<T>): Promise<T> {
    return onOpenDatabase(this.#db, work, this.#makeRoom);
  }

  #watch<T>(query: () => PromiseLike<T>, listener: (value: T) => void): () => void {
    return watchOpened({ query, open: (value: T) => Promise.resolve(value), keys: null }, listener);
  }

  get #opening(): Pick<OpenedQuery<StoredOp[], OutboxOp[]>, 'open' | 'keys'> {
    const open = async (rows: readonly StoredOp[]): Promise<OutboxOp[]> =>
      this.#openOps((await this.#keys?.find()) ?? null, rows);
    return { open, keys: this.#keys };
  }

  async #read(query: () => PromiseLike<StoredOp[]>): Promise<OutboxOp[]> {
    return this.#opening.open(await this.#open(query));
  }

  #inStates(states: readonly OutboxState[]): PromiseLike<StoredOp[]> {
    return this.#ops
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
    return this.#open(() =>
      this.#db.transaction('rw', this.#ops, async () => {
        const rows = await this.#ops.bulkGet([...opIds]);
        await this.#ops.bulkPut(rows.flatMap((op) => (op === undefined ? [] : (change(op) ?? []))));
      }),
    );
  }

  /** Changes the head in one transaction, making it first in a new database. */
  #writeHead(change: (head: HeadRow) => HeadRow | Promise<HeadRow>): Promise<HeadRow> {
    const first: HeadRow = {
      name: 'head',
      dbEpoch: this.#makeEpoch(),
      nextSeq: 1,
      lastStamp: null,
      clockOffsetMs: null,
      incarnation: null,
      deviceId: null,
    };
    return this.#open(() =>
      this.#db.transaction('rw', this.#head, this.#identities, this.#ops, async () => {
        const next = await change(asHead(await this.#head.get('head')) ?? first);
        await this.#head.put(next);
        return next;
      }),
    );
  }
}
