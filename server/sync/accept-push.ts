import { PROTO, type OpResult, type Push, type PushAnswer } from '#shared/sync/protocol.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { type DecidedPush, decidePushes, type ReadPush } from './decide-pushes.ts';
import type { Manner, PushingDevice } from './decide-operation.ts';
import type { CommitNotices } from './notify.ts';
import { openKept } from './open-kept.ts';
import { readSealed } from './read-sealed.ts';

/** A chapter's database as pushes need it. */
export type PushDb = Pick<ChapterDb, 'id' | 'inLog' | 'read'>;
type FromPhone = Omit<PushingDevice, 'chapterId'>;

/** The way in for facts: what phones push, and what others bring for a phone. */
export interface AcceptPush {
  (db: PushDb, device: FromPhone, push: Push, now: number): Promise<PushAnswer>;
  /** Facts of a phone that somebody else brings (a rescue file): the same rules, no sign of life. */
  bring(
    db: PushDb,
    device: FromPhone,
    ops: Push['ops'],
    carriedBy: number | null,
    now: number,
  ): Promise<readonly OpResult[]>;
}

interface Done extends DecidedPush {
  readonly incarnation: string;
}
interface Waiting {
  readonly push: ReadPush;
  readonly now: number;
  readonly resolve: (done: Done) => void;
  readonly reject: (error: unknown) => void;
}
interface Queue {
  readonly waiting: Waiting[];
  scheduled: boolean;
}

/** So many operations in one transaction at most, that nobody waits long behind the others. */
const MOST_OPS_A_COMMIT = 2_000;

/**
 * For so many turns of the event loop a group waits while each brings another push. A server accepts
 * one new connection a turn: when two hundred phones come at once and every turn had a commit, the
 * last would stand at the door for two hundred commits.
 */
const MOST_TURNS = 128;

/** True for an error that lies in the operation itself, not in the disk or the code. */
function isConstraint(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // SQLite says so in words; PostgreSQL in class 23 of its codes, and 22 for what no column can hold.
  const { code } = error as { code?: unknown };
  return /constraint/i.test(error.message) || /^2[23]/.test(typeof code === 'string' ? code : '');
}

const countOps = (waiting: readonly Waiting[]): number =>
  waiting.reduce((sum, { push }) => sum + push.ops.length, 0);

function nextGroup(waiting: Waiting[]): Waiting[] {
  let ops = 0;
  const upTo = waiting.findIndex((one) => {
    ops += one.push.ops.length;
    return ops > MOST_OPS_A_COMMIT;
  });
  return waiting.splice(0, upTo === -1 ? waiting.length : Math.max(1, upTo));
}

function commit(
  db: PushDb,
  pushes: readonly ReadPush[],
  now: number,
  manner: Manner,
): Promise<Done[]> {
  return db.inLog(async (log) => {
    const done = await decidePushes(log, pushes, now, manner);
    return done.map((one) => ({ ...one, incarnation: log.incarnation }));
  });
}

/**
 * One operation that breaks a rule of the database must not keep back the others: the push is cut in
 * half, each half in a transaction of its own, until the bad one stands alone and is held.
 */
async function commitInHalves(db: PushDb, push: ReadPush, now: number): Promise<Done> {
  try {
    const [done] = await commit(db, [push], now, 'by-rule');
    if (done === undefined) throw new Error('A push has no answer.');
    return done;
  } catch (error) {
    if (!isConstraint(error) || push.ops.length === 0) throw error;
  }
  if (push.ops.length === 1) {
    const [held] = await commit(db, [push], now, 'corrupt');
    if (held === undefined) throw new Error('A push has no answer.');
    return held;
  }
  const half = Math.ceil(push.ops.length / 2);
  const first = await commitInHalves(
    db,
    { ...push, ops: push.ops.slice(0, half), sign: null },
    now,
  );
  const second = await commitInHalves(db, { ...push, ops: push.ops.slice(half) }, now);
  return { ...second, decided: [...first.decided, ...second.decided] };
}

/**
 * Makes the way in for facts. Pushes of one chapter that wait at the same moment share one
 * transaction, and each is answered after that commit: an answer means that it is on the disk.
 * `defer` runs something once the requests at hand are read.
 */
export function makePushAcceptor(
  notices: CommitNotices,
  defer: (run: () => void) => void = setImmediate,
): AcceptPush {
  const queues = new WeakMap<PushDb, Queue>();

  function tell(db: PushDb, done: readonly Done[]): void {
    const doorKeys = done.flatMap(({ decided }) => decided.flatMap((one) => one.doorKey ?? []));
    if (doorKeys.length > 0) notices.tell({ chapterId: db.id, doorKeys });
  }

  async function commitAlone(db: PushDb, one: Waiting): Promise<void> {
    try {
      const done = await commitInHalves(db, one.push, one.now);
      one.resolve(done);
      tell(db, [done]);
    } catch (error) {
      one.reject(error);
    }
  }

  async function commitGroup(db: PushDb, queue: Queue): Promise<void> {
    let group: Waiting[] = [];
    try {
      const done = await db.inLog(async (log) => {
        // Taken only now: whoever came while another writer was at it goes along.
        group = nextGroup(queue.waiting);
        const pushes = group.map((one) => one.push);
        const decided = await decidePushes(log, pushes, group[0]?.now ?? 0);
        return decided.map((one) => ({ ...one, incarnation: log.incarnation }));
      });
      for (const [i, one] of group.entries()) {
        const own = done[i];
        if (own === undefined) one.reject(new Error('A push has no answer.'));
        else one.resolve(own);
      }
      tell(db, done);
    } catch (error) {
      if (isConstraint(error)) {
        for (const one of group) await commitAlone(db, one);
        return;
      }
      // Before the group was taken it is the database that cannot be had: nobody may wait for ever.
      if (group.length === 0) group = queue.waiting.splice(0);
      for (const one of group) one.reject(error);
    }
  }

  async function drain(db: PushDb, queue: Queue): Promise<void> {
    await commitGroup(db, queue);
    if (queue.waiting.length > 0) gather(db, queue);
    else queue.scheduled = false;
  }

  /** Commits as soon as a turn brings nobody new, or enough are there, or have waited enough. */
  function gather(db: PushDb, queue: Queue, turns = 0, before = 0): void {
    defer(() => {
      const here = queue.waiting.length;
      const enough = countOps(queue.waiting) >= MOST_OPS_A_COMMIT || turns >= MOST_TURNS;
      if (here === before || enough) void drain(db, queue);
      else gather(db, queue, turns + 1, here);
    });
  }

  function take(db: PushDb, push: ReadPush, now: number): Promise<Done> {
    return new Promise((resolve, reject) => {
      let queue = queues.get(db);
      if (queue === undefined) {
        queue = { waiting: [], scheduled: false };
        queues.set(db, queue);
      }
      queue.waiting.push({ push, now, resolve, reject });
      if (queue.scheduled) return;
      queue.scheduled = true;
      gather(db, queue);
    });
  }

  async function accept(
    db: PushDb,
    phone: FromPhone,
    push: Push,
    now: number,
  ): Promise<PushAnswer> {
    const device = { ...phone, chapterId: db.id };
    const { batchId, dbEpoch, maxLocalSeq, unsent, mismatches } = push;
    const own = push.deviceId === device.deviceId;
    const sign = own
      ? { dbEpoch, maxLocalSeq, unsent, ...(mismatches === undefined ? {} : { mismatches }) }
      : null;
    const kept = await openKept(db, push.kept ?? []);
    const ops = [...push.ops, ...kept].map(readSealed);
    const done = await take(db, { device, ops, sign, carriedBy: null }, now);
    return {
      proto: PROTO,
      batchId,
      incarnation: done.incarnation,
      serverNow: now,
      results: done.decided.map((one) => one.result),
      have: done.have,
      grantUntil: done.grantUntil,
    };
  }

  async function bring(
    db: PushDb,
    phone: FromPhone,
    ops: Push['ops'],
    carriedBy: number | null,
    now: number,
  ): Promise<readonly OpResult[]> {
    const device = { ...phone, chapterId: db.id };
    const push = { device, ops: ops.map(readSealed), sign: null, carriedBy };
    const done = await take(db, push, now);
    return done.decided.map((one) => one.result);
  }

  return Object.assign(accept, { bring });
}
