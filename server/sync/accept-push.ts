import { PROTO, type Push, type PushAnswer } from '#shared/sync/protocol.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { inLog, type LogWriter } from '../store/log.ts';
import type { CommitNotices } from './notify.ts';
import { type PushingDevice, type Taken, takeOperation } from './take-operation.ts';

/** A chapter's database as pushes need it. */
export type PushDb = Pick<ChapterDb, 'id' | 'exclusive'>;

export type AcceptPush = (
  db: PushDb,
  device: Omit<PushingDevice, 'chapterId'>,
  push: Push,
  now: number,
) => Promise<PushAnswer>;

interface Waiting {
  readonly device: PushingDevice;
  readonly push: Push;
  readonly now: number;
  readonly resolve: (answer: PushAnswer) => void;
  readonly reject: (error: unknown) => void;
}

interface Queue {
  readonly waiting: Waiting[];
  scheduled: boolean;
}

interface Done {
  readonly one: Waiting;
  readonly taken: readonly Taken[];
  readonly error: unknown;
}

/** So many operations in one transaction at most, that nobody waits long behind the others. */
const MOST_OPS_A_COMMIT = 2_000;

/** True for an error that lies in the operation itself, not in the disk or the code. */
function isConstraint(error: unknown): boolean {
  return error instanceof Error && /constraint/i.test(error.message);
}

/**
 * One operation that breaks a rule of the database must not keep back the others of its batch: it
 * is tried alone, and held when it fails alone.
 */
function takeOneByOne(log: LogWriter, { device, push }: Waiting): Taken[] {
  return push.ops.map((op) => {
    try {
      return log.attempt(() => takeOperation(log, device, op));
    } catch (error) {
      if (!isConstraint(error)) throw error;
      return log.attempt(() => takeOperation(log, device, op, 'corrupt'));
    }
  });
}

function takePush(log: LogWriter, one: Waiting): readonly Taken[] {
  const { device, push } = one;
  const run = (): Taken[] => push.ops.map((op) => takeOperation(log, device, op));
  let taken: Taken[];
  try {
    taken = log.attempt(run);
  } catch (error) {
    if (!isConstraint(error)) throw error;
    taken = log.attempt(() => takeOneByOne(log, one));
  }
  if (push.deviceId === device.deviceId) {
    const unsent = Math.max(0, push.unsent - taken.length);
    const { dbEpoch, maxLocalSeq } = push;
    const sign = { deviceKey: device.deviceKey, dbEpoch, maxLocalSeq, unsent };
    log.attempt(() => log.noteDevice(sign));
  }
  return taken;
}

function takeAll(log: LogWriter, group: readonly Waiting[]): Done[] {
  return group.map((one) => {
    try {
      return { one, taken: takePush(log, one), error: null };
    } catch (error) {
      // With the transaction gone nobody of the group may be told that anything was kept.
      if (log.ended) throw error;
      return { one, taken: [], error };
    }
  });
}

function nextGroup(waiting: Waiting[]): Waiting[] {
  let ops = 0;
  const upTo = waiting.findIndex((one) => {
    ops += one.push.ops.length;
    return ops > MOST_OPS_A_COMMIT;
  });
  return waiting.splice(0, upTo === -1 ? waiting.length : Math.max(1, upTo));
}

/**
 * Makes the way in for facts. Pushes of one chapter that wait at the same moment share one
 * transaction, each with a savepoint of its own, and each is answered after that commit: an answer
 * means that it is on the disk. `defer` runs something once the requests at hand are read.
 */
export function makePushAcceptor(
  notices: CommitNotices,
  defer: (run: () => void) => void = setImmediate,
): AcceptPush {
  const queues = new WeakMap<PushDb, Queue>();

  async function commitGroup(db: PushDb, queue: Queue): Promise<void> {
    let group: Waiting[] = [];
    try {
      const { incarnation, done } = await db.exclusive((sqlite) => {
        // Taken only now: whoever came while another writer was at it goes along.
        group = nextGroup(queue.waiting);
        const now = group[0]?.now ?? 0;
        return inLog(sqlite, now, (log) => ({
          incarnation: log.incarnation,
          done: takeAll(log, group),
        }));
      });
      for (const { one, taken, error } of done) {
        if (error !== null) one.reject(error);
        else one.resolve(answerOf(one, incarnation, taken));
      }
      const doorKeys = done.flatMap(({ taken }) => taken.flatMap((t) => t.doorKey ?? []));
      if (doorKeys.length > 0) notices.tell({ chapterId: db.id, doorKeys });
    } catch (error) {
      // Before the group was taken it is the database that cannot be had: nobody may wait for ever.
      if (group.length === 0) group = queue.waiting.splice(0);
      for (const one of group) one.reject(error);
    }
  }

  async function drain(db: PushDb, queue: Queue): Promise<void> {
    await commitGroup(db, queue);
    if (queue.waiting.length > 0) defer(() => void drain(db, queue));
    else queue.scheduled = false;
  }

  return (db, device, push, now) =>
    new Promise((resolve, reject) => {
      let queue = queues.get(db);
      if (queue === undefined) {
        queue = { waiting: [], scheduled: false };
        queues.set(db, queue);
      }
      const one = { ...device, chapterId: db.id };
      queue.waiting.push({ device: one, push, now, resolve, reject });
      if (queue.scheduled) return;
      queue.scheduled = true;
      const due = queue;
      defer(() => void drain(db, due));
    });
}

function answerOf(one: Waiting, incarnation: string, taken: readonly Taken[]): PushAnswer {
  return {
    proto: PROTO,
    batchId: one.push.batchId,
    incarnation,
    serverNow: one.now,
    results: taken.map((each) => each.result),
  };
}
