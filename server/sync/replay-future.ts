import type { HeldReason } from '#shared/sync/held-reasons.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { LogTransaction } from '../store/log.ts';
import { applyWaiting, judgeAgain, type WaitingOp } from './judge-again.ts';
import type { CommitNotices } from './notify.ts';
import { readSealed } from './read-sealed.ts';
import { foundBy, takeFoundDoors } from './take-found-doors.ts';

type FutureDb = Pick<ChapterDb, 'id' | 'read' | 'write' | 'inLog'>;

/** What became of the facts that an earlier version could not read. */
export interface Replayed {
  readonly applied: number;
  /** Readable now, and held for another reason. */
  readonly held: number;
  /** Still from the future. */
  readonly waiting: number;
}

const PAGE = 200;
const WHY = 'A newer version of the server can read it.';

async function readWaiting({ read }: FutureDb, after: number): Promise<WaitingOp[]> {
  const rows = await read
    .selectFrom('held_ops')
    .innerJoin('devices', 'devices.key', 'held_ops.device_key')
    .select(['held_ops.key', 'held_ops.op_id as opId', 'held_ops.sha256', 'held_ops.body'])
    .select(['held_ops.carried_by as carriedBy', 'held_ops.received_at as receivedAt'])
    .select(['devices.key as deviceKey', 'devices.id as deviceId', 'devices.member_id as memberId'])
    .where('held_ops.reason', '=', 'future')
    .where('held_ops.decision', 'is', null)
    .where('held_ops.key', '>', after)
    .orderBy('held_ops.key')
    .limit(PAGE)
    .execute();
  return rows.map(({ opId, sha256, body, ...row }) => {
    const text = Buffer.from(body).toString();
    return { ...row, read: readSealed({ opId, sha256, body: text }) };
  });
}

/** Judged as when it came, with whatever waits for the door that it may have found. */
async function judge(
  log: LogTransaction,
  db: FutureDb,
  one: WaitingOp,
  now: number,
): Promise<{ readonly doorKey: number | null } | HeldReason | 'decided'> {
  // Another process, or a coordinator, may have been quicker.
  const there = await log.readHeld(one.key);
  if (there?.decision !== null || there.reason !== 'future') return 'decided';
  const { deviceKey, deviceId, memberId, receivedAt, read } = one;
  const device = { deviceKey, deviceId, memberId, chapterId: db.id };
  const found = foundBy(read);
  if (found !== null) {
    const stray = await takeFoundDoors(log, [{ device, ops: [read] }], receivedAt);
    if (stray.size > 0) return 'id-reuse';
  }
  const moment = { chapterId: db.id, now };
  const became = await applyWaiting(log, one, { ...moment, seq: log.seq }, WHY);
  if (typeof became !== 'string' && found !== null) {
    await judgeAgain(log, [found.entityId], { ...moment, seq: became.seq });
  }
  return became;
}

/**
 * Applies, in the order in which they came, the facts that were held because an earlier version
 * could not read them and this one can (P12). Nobody vouches for them: they are judged by the rules
 * that were theirs when they came, so one from a phone in a stranger's hands, or from outside its
 * turf, stays held, now for that reason. Run when a chapter is opened; safe to run again at any time.
 */
export async function replayFuture(
  db: FutureDb,
  notices: CommitNotices,
  now: number,
): Promise<Replayed> {
  const count = { applied: 0, held: 0, waiting: 0 };
  let after = 0;
  for (;;) {
    const page = await readWaiting(db, after);
    for (const one of page) {
      after = one.key;
      if (one.read.operation === 'future') {
        count.waiting += 1;
        continue;
      }
      const became = await db.inLog((log) => judge(log, db, one, now));
      if (became === 'decided') continue;
      if (typeof became === 'string') {
        count.held += 1;
        await db.write((trx) =>
          trx
            .updateTable('held_ops')
            .set({ reason: became })
            .where('key', '=', one.key)
            .where('decision', 'is', null)
            .execute(),
        );
        continue;
      }
      count.applied += 1;
      if (became.doorKey !== null) notices.tell({ chapterId: db.id, doorKeys: [became.doorKey] });
    }
    if (page.length < PAGE) return count;
  }
}
