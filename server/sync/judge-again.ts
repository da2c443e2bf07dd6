import type { ChapterId, DeviceId, DoorId, MemberId } from '#shared/kernel/ids.ts';
import type { HeldReason } from '#shared/sync/held-reasons.ts';
import { changeReason } from '../store/found-doors.ts';
import type { LogTransaction, LogWrites } from '../store/log.ts';
import { askLog } from './ask-log.ts';
import { decideOperation } from './decide-operation.ts';
import { LogView } from './log-view.ts';
import { findOtherWords } from './other-words.ts';
import { type ReadOp, readSealed } from './read-sealed.ts';

/** A held fact, read, with the phone that it came from and when that was. */
export interface WaitingOp {
  readonly key: number;
  readonly deviceKey: number;
  readonly deviceId: DeviceId;
  readonly memberId: MemberId;
  readonly carriedBy: number | null;
  readonly receivedAt: number;
  readonly read: ReadOp;
}

/** The moment at which something is judged again: where the log ends by now, and the clock. */
interface Moment {
  readonly chapterId: ChapterId;
  readonly seq: number;
  readonly now: number;
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

const DOOR_IS_KNOWN = 'The door that it names is known now.';

/**
 * Judges a held fact as when it came: by its phone, its door, and the clock of that moment. Nobody
 * vouches for it. Applied, it is settled for the reason `why`; else it says what it is held for now.
 */
export async function applyWaiting(
  log: LogTransaction,
  one: WaitingOp,
  { chapterId, seq, now }: Moment,
  why: string,
): Promise<{ readonly doorKey: number | null; readonly seq: number } | HeldReason> {
  const { key, deviceKey, deviceId, memberId, carriedBy, receivedAt, read } = one;
  if ((await findOtherWords(log.ask, [read])).has(read)) return 'other-words';
  const known = await log.load(askLog([{ deviceKey, ops: [read] }]));
  const view = new LogView({ ...known, held: new Map() }, seq, receivedAt);
  const device = { deviceKey, deviceId, memberId, chapterId };
  const { result, doorKey } = decideOperation(view, device, read, 'by-rule', carriedBy);
  if (result.status === 'held') return result.reason;
  const writes = view.writes();
  await log.save(writes);
  const decision = { key, decision: 'accepted', by: null, why, asSeq: result.seq } as const;
  await log.save({ ...NOTHING, seq: writes.seq, now, decisions: [decision] });
  return { doorKey, seq: writes.seq };
}

/**
 * Judges again what was said at doors that were found only now, in the same transaction: a knock that
 * was ahead of its door is held no longer than until the door comes.
 */
export async function judgeAgain(
  log: LogTransaction,
  doorIds: Iterable<DoorId>,
  moment: Moment,
): Promise<void> {
  let { seq } = moment;
  for (const doorId of new Set(doorIds)) {
    for (const { body, opId, sha256, ...row } of await log.readWaiting(doorId)) {
      const read = readSealed({ opId, sha256, body: Buffer.from(body).toString() });
      // Somebody's note may name it too.
      if (typeof read.operation === 'string' || read.operation.entityId !== doorId) continue;
      const became = await applyWaiting(log, { ...row, read }, { ...moment, seq }, DOOR_IS_KNOWN);
      if (typeof became === 'string') await changeReason(log.ask, row.key, became);
      else seq = became.seq;
    }
  }
}
