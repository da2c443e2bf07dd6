import type { Dice } from '#shared/kernel/random.ts';
import type { OpResult, SealedOp } from '#shared/sync/protocol.ts';
import type { LogPart } from './chapter-log.ts';
import type { RawPhone } from './raw-phone.ts';

export type PushFault = 'answer-lost' | 'sent-twice-at-once' | 'acked-sent-again' | 'batch-split';

/**
 * What phones sent and what they were told, and everything that must hold of it: no acknowledged
 * loss (I1), one effect and one result however often (I3), numbers in the order of commits (P6).
 */
export class PushRecord {
  readonly wrong: string[] = [];
  readonly fired = new Map<string, number>();
  /** When what the server stands on was gone for a while, it may say so. */
  mayFail = false;
  readonly #sent = new Map<string, SealedOp>();
  readonly #told = new Map<string, number>();
  /** The highest number in any answer so far. */
  #highest: number;

  constructor(lastSeq: number) {
    this.#highest = lastSeq;
  }

  get acked(): number {
    return this.#told.size;
  }
  get sent(): number {
    return this.#sent.size;
  }

  fire(fault: string, times = 1): void {
    this.fired.set(fault, (this.fired.get(fault) ?? 0) + times);
  }

  isAcked(op: SealedOp): boolean {
    return this.#told.has(op.opId);
  }

  /** Pushes and judges the answer; false when there was none. */
  async push(
    phone: RawPhone,
    url: string,
    ops: readonly SealedOp[],
    hangUp = false,
  ): Promise<boolean> {
    for (const op of ops) this.#sent.set(op.opId, op);
    const floor = this.#highest;
    const answer = await phone.push(url, ops, { hangUp });
    if (answer === null) return false;
    if ('status' in answer) {
      if (!(this.mayFail && answer.status >= 500)) {
        this.wrong.push(`a push was answered ${answer.status}: ${answer.text.slice(0, 200)}`);
      }
      return false;
    }
    this.#judge(ops, answer, floor);
    return true;
  }

  #judge(ops: readonly SealedOp[], results: readonly OpResult[], floor: number): void {
    const told = new Map(results.map((result) => [result.opId, result]));
    if (told.size !== ops.length) this.wrong.push('an answer does not name every operation once');
    for (const op of ops) {
      const result = told.get(op.opId);
      if (result?.status !== 'applied') {
        this.wrong.push(`${op.opId} was not applied: ${JSON.stringify(result)}`);
        continue;
      }
      const before = this.#told.get(op.opId);
      if (before !== undefined && before !== result.seq) {
        this.wrong.push(`${op.opId} was told ${before} first and ${result.seq} later`);
      }
      if (!result.repeat && result.seq <= floor) {
        this.wrong.push(`${op.opId} got ${result.seq}, but ${floor} was committed before it`);
      }
      this.#told.set(op.opId, result.seq);
      this.#highest = Math.max(this.#highest, result.seq);
    }
  }

  /** Compares with the log: `after` is what the clock said before the record began. */
  check(log: LogPart, after: number): void {
    const say = (fault: string): void => void this.wrong.push(fault);
    const ops = new Map(log.ops.map((op) => [op.opId, op]));
    if (ops.size !== log.ops.length) say('an operation is in the log twice');
    log.ops.forEach(({ seq }, index) => {
      if (seq !== after + 1 + index) say(`the log jumps to ${seq} after ${after + index}`);
    });
    if (log.clock !== after + log.ops.length) {
      say(`${log.ops.length} facts after ${after}, and the clock says ${log.clock}`);
    }
    for (const [opId, seq] of this.#told) {
      const op = ops.get(opId);
      if (op === undefined) say(`ACKNOWLEDGED AND LOST: ${opId}, told ${seq}`);
      else if (op.seq !== seq) say(`${opId} was told ${seq} and is at ${op.seq}`);
      else if (op.sha256 !== this.#sent.get(opId)?.sha256) say(`${opId} has other bytes`);
    }
    for (const { opId } of log.ops) if (!this.#sent.has(opId)) say(`nobody sent ${opId}`);
    for (const { opId } of log.held) if (this.#sent.has(opId)) say(`${opId} is held`);
  }

  /** Compares at the end, when everything has been sent again: the log is exactly what was sent. */
  checkAll(log: LogPart, after: number): void {
    this.check(log, after);
    if (log.ops.length !== this.#sent.size) {
      this.wrong.push(`${this.#sent.size} operations were sent and ${log.ops.length} are there`);
    }
    if (this.#told.size !== this.#sent.size) {
      this.wrong.push(`${this.#sent.size - this.#told.size} never got an answer`);
    }
  }
}

/** One phone that pushes batch after batch, rudely, until the server no longer answers. */
export async function pushUntilDead(
  phone: RawPhone,
  url: string,
  record: PushRecord,
  dice: Dice,
  batches: number,
): Promise<readonly SealedOp[]> {
  const mine: SealedOp[] = [];
  const unacked = (): SealedOp[] => mine.filter((op) => !record.isAcked(op));
  for (let i = 0; i < batches; i++) {
    const fresh = Array.from({ length: dice.whole(1, 20) }, () => phone.makeKnock());
    mine.push(...fresh);
    const batch = unacked().slice(-150);
    const old = mine.find((op) => record.isAcked(op));
    if (old !== undefined && dice.chance(0.2)) {
      batch.push(old);
      record.fire('acked-sent-again');
    }
    if (dice.chance(0.15)) {
      record.fire('answer-lost');
      await record.push(phone, url, batch, true);
      continue;
    }
    if (dice.chance(0.15)) {
      record.fire('sent-twice-at-once');
      const both = [record.push(phone, url, batch), record.push(phone, url, [...batch].reverse())];
      if ((await Promise.all(both)).includes(false)) break;
      continue;
    }
    if (!(await record.push(phone, url, batch))) break;
  }
  return mine;
}

/** Sends everything again that has no answer, in other batches than before. */
export async function sendAgain(
  phone: RawPhone,
  url: string,
  record: PushRecord,
  dice: Dice,
  mine: readonly SealedOp[],
): Promise<void> {
  const left = mine.filter((op) => !record.isAcked(op));
  const acked = mine.filter((op) => record.isAcked(op));
  if (acked.length > 0) {
    left.push(dice.pick(acked));
    record.fire('acked-sent-again');
  }
  if (left.length > 1) record.fire('batch-split');
  for (let tries = 0; left.length > 0;) {
    const batch = left.splice(0, dice.whole(1, 60));
    if (await record.push(phone, url, batch)) continue;
    // (A connection that died with the server is found out by the first who uses it.)
    left.push(...batch);
    tries += 1;
    if (tries > 20) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
