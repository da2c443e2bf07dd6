import type { DeviceId, MemberId } from '#shared/kernel/ids.ts';
import type { HeldReason } from '#shared/sync/held-reasons.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { LogTransaction, LogWrites } from '../store/log.ts';
import { askLog } from './ask-log.ts';
import { decideOperation } from './decide-operation.ts';
import { LogView } from './log-view.ts';
import type { CommitNotices } from './notify.ts';
import { type ReadOp, readSealed } from './read-sealed.ts';

type FutureDb = Pick<ChapterDb, 'id' | 'read' | 'write' | 'inLog'>;

interface Waiting {
  readonly key: number;
  readonly deviceKey: number;
  readonly deviceId: DeviceId;
  readonly memberId: MemberId;
  readonly carriedBy: number | null;
  readonly receivedAt: number;
  readonly read: ReadOp;
}

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

async function readWaiting({ read }: FutureDb, after: number): Promise<Waiting[]> {
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

const NOTHING = {
  ops: [],
  held: [],
  residentPeople: [],
  named: [],
  optOuts: [],
  doorOptOuts: [],
  residents: [],
  signs: [],
  epochs: [],
  decisions: [],
  consents: [],
  happened: [],
} as const satisfies Omit<LogWrites, 'seq' | 'now'>;

/** Judged as when it came: by its phone, its door, and the clock of that moment. */
async function judge(
  log: LogTransaction,
  db: FutureDb,
  one: Waiting,
  now: number,
): Promise<{ readonly doorKey: number | null } | HeldReason | 'decided'> {
  const { key, deviceKey, deviceId, memberId, carriedBy, receivedAt, read } = one;
  // Another process, or a coordinator, may have been quicker.
  const there = await log.readHeld(key);
  if (there?.decision !== null || there.reason !== 'future') return 'decided';
  const known = await log.load(askLog([{ deviceKey, ops: [read] }]));
  const view = new LogView({ ...known, held: new Map() }, log.seq, receivedAt);
  const device = { deviceKey, deviceId, memberId, chapterId: db.id };
  const { result, doorKey } = decideOperation(view, device, read, 'by-rule', carriedBy);
  if (result.status === 'held') return result.reason;
  const writes = view.writes();
  await log.save(writes);
  const decision = { key, decision: 'accepted', by: null, why: WHY, asSeq: result.seq } as const;
  await log.save({ ...NOTHING, seq: writes.seq, now, decisions: [decision] });
  return { doorKey };
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
