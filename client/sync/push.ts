import { makeId, type Id } from '#shared/kernel/ids.ts';
import { applyPushAnswer } from '#shared/sync/apply-push-answer.ts';
import { readPushAnswer } from '#shared/sync/check-answer.ts';
import { classifyReply, type Failure, failureOf } from '#shared/sync/classify-failure.ts';
import { MAX_OPS_PER_PUSH, PROTO } from '#shared/sync/limits.ts';
import { planPush } from '#shared/sync/plan-push.ts';
import type { Push, PushAnswer } from '#shared/sync/protocol.ts';
import type { Identity, OutboxOp } from '../store/outbox-store.ts';
import { isWaiting, SETTLED } from '../store/settle-op.ts';
import { makeCarrier } from './carry.ts';
import { noteContact } from './note-contact.ts';
import type { CorePorts } from './ports.ts';
import { AGAIN, DONE, failedStep, type Step } from './step.ts';

const TIMEOUT = 30_000;
const MINUTE = 60_000;
/** An idle phone says so often that nothing is waiting on it (P16). */
const HEARTBEAT = 5 * MINUTE;
/** What others of this phone's identities had sent is asked after so often (P9). */
const OTHERS = 60 * MINUTE;
/** So often it asks what became of what is held, of so many at a time. */
const ASK_HELD = 60 * MINUTE;
const MOST_HELD = 50;
const DAY = 24 * 60 * MINUTE;
/** Settled facts stay, sealed, for as long as a backup may be old (P9). */
const RETENTION = 14 * DAY;

type Unclaimed = Pick<ReadonlySet<string>, 'has'>;

export interface Pusher {
  /**
   * Sends one batch of what is unsent; `hinted` tries refused credentials again. Of the devices that
   * are `unclaimed` nobody knows yet, nothing is sent.
   */
  step(hinted: boolean, unclaimed: Unclaimed): Promise<Step>;
}

/** What goes in one push: by one author, at most what a push may hold. */
interface Batch {
  readonly author: Identity;
  readonly ops: readonly OutboxOp[];
  /** Of this author's, on this phone only, the batch included. */
  readonly unsent: number;
  /** The highest number of this author's; the phone's own when it is who writes here now. */
  readonly maxLocalSeq?: number;
}

/** What is sent: the body while it can be read, which is shorter, else the sealed one. */
const bodyToSend = (op: OutboxOp): string | undefined =>
  op.body === '' && op.sealed !== undefined ? undefined : op.body;

/** Puts it at the end of the set, also where it is in it already. */
function putLast(set: Set<string>, id: string): void {
  set.delete(id);
  set.add(id);
}

/** The next batch of these; for planning, each weighs what it weighs on the wire. */
function planOps(
  pending: readonly OutboxOp[],
  most: number,
  troubled: ReadonlySet<string>,
): readonly OutboxOp[] {
  const byId = new Map(pending.map((op) => [op.opId, op]));
  const weighed = pending.map((op) => ({ ...op, body: bodyToSend(op) ?? op.sealed ?? '' }));
  return planPush(weighed, most, troubled).flatMap((op) => byId.get(op.opId) ?? []);
}

/** Makes the half of the client core that brings facts to the server. */
export function makePusher(ports: CorePorts): Pusher {
  const { outbox, packets, transport, clock, random } = ports;
  const carrier = makeCarrier(ports);
  /** How many operations the next batch may hold: halved by failures, doubled by answers. */
  let most = MAX_OPS_PER_PUSH;
  /** What failed alone, the last to fail last; sent last, so that one bad operation delays nobody. */
  const troubled = new Set<string>();
  /** Whose last batch failed, likewise: one chapter that is away must not keep back another's facts. */
  const behind = new Set<string>();
  const refused = new Map<string, Failure>();
  /** What the server's list did not have and was sent again once: its word stands then. */
  const resent = new Set<string>();
  /** When each other identity of this phone was last asked after, and what its chapter was then. */
  const asked = new Map<string, { readonly at: number; readonly incarnation: string | null }>();
  /** Something has happened since the server last heard how many are unsent. */
  let owed = true;
  let unknown: Unclaimed = new Set();
  /** More of other phones' files may be waiting. */
  let carrying = true;
  let beatAt = -Infinity;
  let triedBeatAt = -Infinity;
  let askedHeldAt = -Infinity;
  let droppedAt = -Infinity;

  async function compose(batch: Batch, mismatches: number): Promise<Push> {
    const head = await outbox.readHead();
    const { author, ops, unsent, maxLocalSeq = head.nextSeq - 1 } = batch;
    const kept = ops.flatMap((op) => {
      const { opId, sha256, sealed } = op;
      return bodyToSend(op) !== undefined || sealed === undefined ? [] : [{ opId, sha256, sealed }];
    });
    return {
      proto: PROTO,
      batchId: makeId<Id<'batch'>>(clock.now(), random),
      deviceId: author.deviceId,
      dbEpoch: head.dbEpoch,
      incarnationSeen: author.incarnation ?? head.incarnation,
      maxLocalSeq,
      unsent,
      ops: ops.flatMap((op) => {
        const body = bodyToSend(op);
        return body === undefined ? [] : [{ opId: op.opId, sha256: op.sha256, body }];
      }),
      ...(kept.length === 0 ? {} : { kept }),
      ...(mismatches === 0 ? {} : { mismatches }),
    };
  }

  /** What the server should have and does not is sent again: it was put back by hand, or lies. */
  async function compare(author: Identity, { have }: PushAnswer): Promise<boolean> {
    if (have === undefined) return false;
    const missing = (await outbox.listIn(SETTLED)).filter(
      ({ deviceId, opId, localSeq }) =>
        deviceId === author.deviceId &&
        !resent.has(opId) &&
        !have.some(([from, to]) => from <= localSeq && localSeq <= to),
    );
    if (missing.length === 0) return false;
    const opIds = missing.map((op) => op.opId);
    for (const opId of opIds) resent.add(opId);
    await outbox.markAgain(opIds);
    return true;
  }

  /**
   * Earlier users of this phone, and whoever it was to another chapter, send nothing any more. As
   * long as facts of theirs are kept here, their chapter is heard now and then: a restore of it
   * wants those facts again. True when something is to be sent.
   */
  async function beatOthers(author: Identity): Promise<boolean> {
    const others = (await outbox.readIdentities()).filter(
      ({ deviceId }) =>
        deviceId !== author.deviceId && !refused.has(deviceId) && !unknown.has(deviceId),
    );
    if (others.length === 0) return false;
    const settled = await outbox.listIn(SETTLED);
    let more = false;
    for (const other of others) {
      const { deviceId, incarnation = null } = other;
      const own = settled.filter((op) => op.deviceId === deviceId);
      const last = asked.get(deviceId);
      const heard = last?.incarnation === incarnation && clock.elapsed() - last.at < OTHERS;
      if (own.length === 0 || heard) continue;
      asked.set(deviceId, { at: clock.elapsed(), incarnation });
      const maxLocalSeq = Math.max(...own.map((op) => op.localSeq));
      const sent = await send({ author: other, ops: [], unsent: 0, maxLocalSeq });
      if ('kind' in sent) continue;
      asked.set(deviceId, { at: clock.elapsed(), incarnation: sent.answer.incarnation });
      const missing = await compare(other, sent.answer);
      if (missing || sent.answer.incarnation !== incarnation) more = true;
    }
    return more;
  }

  async function accept(
    batch: Batch,
    answer: PushAnswer,
    askedAt: number,
    mismatches: number,
  ): Promise<number> {
    const { author, ops } = batch;
    const results = applyPushAnswer(ops, answer);
    // First whose word it is: a word of the server before a restore must not settle for the one after.
    await noteContact(ports, author, answer, askedAt);
    await outbox.settle(results, answer.serverNow);
    if (mismatches > 0) {
      await outbox.changeHead((head) => ({
        mismatches: Math.max(0, head.mismatches - mismatches),
      }));
    }
    const { grantUntil } = answer;
    if (grantUntil !== undefined && grantUntil - (author.grantUntil ?? 0) > DAY) {
      await outbox.changeIdentity(author.deviceId, () => ({ grantUntil }));
    }
    most = Math.min(MAX_OPS_PER_PUSH, most * 2);
    for (const { opId, repeat } of results) {
      troubled.delete(opId);
      // It was not there indeed; should it go missing once more, it is sent once more.
      if (!repeat) resent.delete(opId);
    }
    return results.length;
  }

  function shrink(batch: readonly OutboxOp[], failure: Failure): Step {
    owed = true;
    if (failure.act !== 'halve' || batch.length === 0) return failedStep(failure);
    most = Math.max(1, Math.floor(batch.length / 2));
    const [only] = batch;
    if (batch.length === 1 && only !== undefined) putLast(troubled, only.opId);
    const known = failure.why === 'too-large' || failure.why === 'not-taken';
    return known && batch.length > 1 ? AGAIN : failedStep(failure);
  }

  /** The answer's results, counted, or what to do without an answer. */
  async function send(batch: Batch): Promise<{ settled: number; answer: PushAnswer } | Step> {
    const { author, ops } = batch;
    const { mismatches } = await outbox.readHead();
    const push = await compose(batch, mismatches);
    const askedAt = clock.now();
    const reply = await transport.send({
      method: 'POST',
      path: '/v1/push',
      token: author.deviceToken,
      body: JSON.stringify(push),
      timeoutMs: TIMEOUT,
      gzip: true,
    });
    const verdict = classifyReply(reply, readPushAnswer, (a) => a.batchId === push.batchId);
    if (!verdict.ok) {
      if (verdict.failure.act === 'stop') refused.set(author.deviceId, verdict.failure);
      return shrink(ops, verdict.failure);
    }
    beatAt = clock.elapsed();
    const { answer } = verdict;
    return { settled: await accept(batch, answer, askedAt, mismatches), answer };
  }

  async function sendPending(author: Identity, own: readonly OutboxOp[]): Promise<Step> {
    const unsent = own.filter((op) => op.state === 'unsent');
    // What was received once waits for what nobody has received yet, but not for what fails alone.
    const isFirst = unsent.some((op) => !troubled.has(op.opId));
    const ops = planOps(isFirst ? unsent : own, most, troubled);
    const sent = await send({ author, ops, unsent: own.length });
    if ('kind' in sent) {
      putLast(behind, author.deviceId);
      return sent;
    }
    behind.delete(author.deviceId);
    owed = true;
    // An answer that settles nothing must not be asked for again at once.
    return sent.settled > 0 ? AGAIN : failedStep(failureOf('not-ours'));
  }

  /** What a coordinator may have decided since: asking is sending it once more. */
  async function heldToAsk(author: Identity): Promise<readonly OutboxOp[]> {
    if (clock.elapsed() - askedHeldAt < ASK_HELD) return [];
    const held = (await outbox.listIn(['held'])).filter(
      (op) => op.deviceId === author.deviceId && isWaiting(op),
    );
    const some = planOps(held, Math.min(MOST_HELD, most), troubled);
    askedHeldAt = clock.elapsed();
    return some;
  }

  async function carry(): Promise<Step> {
    const next = await carrier.step();
    carrying = next.kind === 'again';
    return next;
  }

  async function beat(hinted: boolean, pending: readonly OutboxOp[]): Promise<Step> {
    triedBeatAt = clock.elapsed();
    const author = await outbox.readIdentity();
    if (author === null) return DONE;
    if (unknown.has(author.deviceId)) return (await beatOthers(author)) ? AGAIN : DONE;
    const known = refused.get(author.deviceId);
    if (known !== undefined) return (await beatOthers(author)) ? AGAIN : failedStep(known);
    if (!owed && !hinted && clock.elapsed() - beatAt < HEARTBEAT) return carrying ? carry() : DONE;
    const unsent = pending.filter((op) => op.deviceId === author.deviceId).length;
    const sent = await send({ author, ops: await heldToAsk(author), unsent });
    if ('kind' in sent) return sent;
    owed = false;
    const { serverNow, incarnation } = sent.answer;
    if (clock.elapsed() - droppedAt > DAY) {
      droppedAt = clock.elapsed();
      await outbox.dropSettled(serverNow, RETENTION);
    }
    const missing = await compare(author, sent.answer);
    await packets.noteSynced(clock.now());
    // Another incarnation has made everything settled pending again.
    if (missing || incarnation !== author.incarnation) return AGAIN;
    const more = await beatOthers(author);
    // Only what happened to this identity is owed to its chapter.
    owed = false;
    return more ? AGAIN : carry();
  }

  /** Whose facts go next, those first who have waited longest since a try of theirs failed. */
  async function listAuthors(pending: readonly OutboxOp[]): Promise<readonly Identity[]> {
    const places = [...behind];
    const authors = (await outbox.readIdentities()).filter(
      ({ deviceId }) =>
        !refused.has(deviceId) &&
        !unknown.has(deviceId) &&
        pending.some((op) => op.deviceId === deviceId),
    );
    return authors.sort((a, b) => places.indexOf(a.deviceId) - places.indexOf(b.deviceId));
  }

  async function step(hinted: boolean, unclaimed: Unclaimed): Promise<Step> {
    unknown = unclaimed;
    if (hinted) refused.clear();
    const pending = await outbox.listIn(['unsent', 'again']);
    const authors = await listAuthors(pending);
    const [first] = authors;
    // What cannot be sent now must not keep the phone from saying so, and from all that hangs on that.
    const isStuck = first !== undefined && behind.has(first.deviceId);
    if (isStuck && clock.elapsed() - triedBeatAt >= HEARTBEAT) {
      const beaten = await beat(hinted, pending);
      return beaten.kind === 'failed' ? beaten : AGAIN;
    }
    for (const author of authors) {
      const own = pending.filter((op) => op.deviceId === author.deviceId);
      const sent = await sendPending(author, own);
      // Who is refused keeps nobody else back.
      if (sent.kind !== 'failed' || sent.failure.act !== 'stop') return sent;
    }
    const beaten = await beat(hinted, pending);
    const [failure] = refused.values();
    return beaten.kind === 'done' && failure !== undefined ? failedStep(failure) : beaten;
  }

  return { step };
}
