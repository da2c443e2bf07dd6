import type { MemberId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { HeldDecision } from '#shared/sync/held-reasons.ts';
import type { SealedOp } from '#shared/sync/protocol.ts';
import type { Happened } from '../store/audit-row.ts';
import type { HeldWhole } from '../store/log.ts';
import type { PushDb } from './accept-push.ts';
import { askLog } from './ask-log.ts';
import { decideOperation, type PushingDevice } from './decide-operation.ts';
import { judgeAgain } from './judge-again.ts';
import { LogView } from './log-view.ts';
import { readSealed } from './read-sealed.ts';
import { foundBy, takeFoundDoors } from './take-found-doors.ts';

/** What somebody decides about a held operation. */
export interface Settlement {
  readonly key: number;
  /** The phone that it came from. */
  readonly device: Omit<PushingDevice, 'chapterId'>;
  readonly decision: HeldDecision;
  /** Null for the server itself. */
  readonly by: MemberId | null;
  readonly why: string;
  /** What the audit chain says of it; null: nothing, as nobody decided. */
  readonly happened: Happened | null;
  /**
   * What goes into the log instead: the held bytes themselves, or a new operation made out of them.
   * Null discards. Called under the chapter's lock with what is held.
   */
  readonly toApply: (held: HeldWhole) => SealedOp | null;
}

/** Where it stands in the log, and the door that it changed; both null when it was discarded. */
export interface Settled {
  readonly seq: number | null;
  readonly doorKey: number | null;
}

/**
 * Settles a held operation once and for all, in one transaction with what it writes to the log: of
 * two who decide at the same moment one is told that it is decided. The bytes stay. Problems:
 * not-found, held-decided, held-not-fit when it cannot be applied even so.
 */
export async function settleHeld(
  db: PushDb,
  wish: Settlement,
  now: number,
): Promise<Result<Settled>> {
  const { key, decision, by, why, happened } = wish;
  return db.inLog(async (log) => {
    const held = await log.readHeld(key);
    if (held === null) return fail(problem('not-found'));
    if (held.decision !== null) return fail(problem('held-decided'));
    const sealed = wish.toApply(held);
    const device = { ...wish.device, chapterId: db.id };
    const ops = sealed === null ? [] : [readSealed(sealed)];
    const found = ops.flatMap((op) => foundBy(op)?.entityId ?? []);
    const stray =
      found.length === 0 ? new Set() : await takeFoundDoors(log, [{ device, ops }], now, true);
    const known = await log.load(askLog([{ deviceKey: device.deviceKey, ops }]));
    const view = new LogView(known, log.seq, now);
    let settled: Settled = { seq: null, doorKey: null };
    for (const op of ops) {
      const manner = stray.has(op) ? 'id-reuse' : 'vouched';
      const { result, doorKey } = decideOperation(view, device, op, manner, null);
      if (result.status === 'held') return fail(problem('held-not-fit', { reason: result.reason }));
      settled = { seq: result.seq, doorKey };
    }
    view.settle({ key, decision, by, why, asSeq: settled.seq });
    if (happened !== null) view.note(happened);
    const writes = view.writes();
    await log.save(writes);
    await judgeAgain(log, found, { chapterId: db.id, seq: writes.seq, now });
    return ok(settled);
  });
}
