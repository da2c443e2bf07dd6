import type { Push, SeqRange } from '#shared/sync/protocol.ts';
import type { LogTransaction } from '../store/log.ts';
import { askLog } from './ask-log.ts';
import {
  type Decided,
  decideOperation,
  type Manner,
  type PushingDevice,
} from './decide-operation.ts';
import { GRANT_MS } from './grant.ts';
import { judgeAgain } from './judge-again.ts';
import { LogView } from './log-view.ts';
import { findOtherWords } from './other-words.ts';
import type { ReadOp } from './read-sealed.ts';
import { foundBy, takeFoundDoors } from './take-found-doors.ts';

/** A phone's facts, read and waiting for their turn. */
export interface ReadPush {
  readonly device: PushingDevice;
  readonly ops: readonly ReadOp[];
  /** What the phone said of itself; null when somebody else brings its facts. */
  readonly sign: Pick<Push, 'dbEpoch' | 'maxLocalSeq' | 'unsent' | 'mismatches'> | null;
  /** The phone that brings another one's facts. */
  readonly carriedBy: number | null;
}

/** More of what does not match than any phone can find between two pushes; they are added up. */
const MOST_MISMATCHES = 1_000;

export interface DecidedPush {
  readonly decided: readonly Decided[];
  readonly have: readonly SeqRange[];
  readonly grantUntil: number;
}

function noteSign(view: LogView, push: ReadPush, taken: number): number {
  const { deviceKey } = push.device;
  const known = view.known.devices.get(deviceKey);
  if (push.sign === null) return known?.grantUntil ?? 0;
  const until = Math.max(known?.grantUntil ?? 0, view.now + GRANT_MS);
  // A phone without a key, of the first protocol, may push for ever.
  const grantUntil = known?.grantUntil === 0 ? 0 : until;
  const { dbEpoch, maxLocalSeq } = push.sign;
  const mismatches = Math.min(push.sign.mismatches ?? 0, MOST_MISMATCHES);
  const unsent = Math.max(0, push.sign.unsent - taken);
  const unsentSince = unsent === 0 ? null : (known?.unsentSince ?? view.now);
  view.sign({ deviceKey, dbEpoch, maxLocalSeq, unsent, unsentSince, grantUntil, mismatches });
  view.receive(deviceKey, dbEpoch, null, maxLocalSeq);
  return until;
}

/** The doors that these pushes found and that the log had not heard of by the same fact. */
function newDoors(done: readonly { push: ReadPush; decided: readonly Decided[] }[]) {
  return done.flatMap(({ push, decided }) =>
    push.ops.flatMap((op, index) => {
      const found = decided[index]?.doorKey == null ? null : foundBy(op);
      return found === null ? [] : [found.entityId];
    }),
  );
}

/**
 * Judges pushes in their order inside one transaction: everything needed is read at once, decided in
 * memory, and written at once, so that a group costs the same few statements whatever its size.
 */
export async function decidePushes(
  log: LogTransaction,
  pushes: readonly ReadPush[],
  now: number,
  manner: Manner = 'by-rule',
): Promise<readonly DecidedPush[]> {
  const finds = manner === 'by-rule' && pushes.some(({ ops }) => ops.some(foundBy));
  const stray = finds ? await takeFoundDoors(log, pushes, now) : new Set();
  const others =
    manner === 'by-rule'
      ? await findOtherWords(
          log.ask,
          pushes.flatMap(({ ops }) => ops),
        )
      : new Set<ReadOp>();
  const known = await log.load(
    askLog(pushes.map(({ device, ops }) => ({ deviceKey: device.deviceKey, ops }))),
  );
  const view = new LogView(known, log.seq, now);
  const mannerOf = (op: ReadOp): Manner => {
    if (stray.has(op)) return 'id-reuse';
    // What was applied before is answered as then.
    return others.has(op) && view.findApplied(op.sealed.opId) === null ? 'other-words' : manner;
  };
  const done = pushes.map((push) => {
    const { device, carriedBy } = push;
    const decided = push.ops.map((op) =>
      decideOperation(view, device, op, mannerOf(op), carriedBy),
    );
    const grantUntil = noteSign(view, push, decided.length);
    return { decided, grantUntil, push };
  });
  const writes = view.writes();
  await log.save(writes);
  const chapterId = pushes[0]?.device.chapterId;
  if (finds && chapterId !== undefined) {
    await judgeAgain(log, newDoors(done), { chapterId, seq: writes.seq, now });
  }
  return done.map(({ push, decided, grantUntil }) => ({
    decided,
    grantUntil,
    have: push.sign === null ? [] : view.have(push.device.deviceKey, push.sign.dbEpoch),
  }));
}
