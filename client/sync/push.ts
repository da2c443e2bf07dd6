import { makeId, type Id } from '#shared/kernel/ids.ts';
import { applyPushAnswer } from '#shared/sync/apply-push-answer.ts';
import { readPushAnswer } from '#shared/sync/check-answer.ts';
import { classifyReply, type Failure, failureOf } from '#shared/sync/classify-failure.ts';
import { MAX_OPS_PER_PUSH, PROTO } from '#shared/sync/limits.ts';
import { planPush } from '#shared/sync/plan-push.ts';
import type { Push, PushAnswer } from '#shared/sync/protocol.ts';
import type { Identity, OutboxOp } from '../store/outbox-store.ts';
import { clockOffset } from './clock-offset.ts';
import type { CorePorts } from './ports.ts';
import { AGAIN, DONE, failedStep, type Step } from './step.ts';

const TIMEOUT = 30_000;

export interface Pusher {
  /** Sends one batch of what is unsent; `hinted` tries refused credentials again. */
  step(hinted: boolean): Promise<Step>;
}

/** Makes the half of the client core that brings facts to the server. Nothing here deletes any. */
export function makePusher(ports: CorePorts): Pusher {
  const { outbox, packets, transport, clock, random } = ports;
  /** How many operations the next batch may hold: halved by failures, doubled by answers. */
  let most = MAX_OPS_PER_PUSH;
  /** What failed alone; sent last, so that one bad operation delays nobody. */
  const troubled = new Set<string>();
  const refused = new Map<string, Failure>();

  async function compose(batch: readonly OutboxOp[], unsent: number): Promise<Push> {
    const head = await outbox.readHead();
    return {
      proto: PROTO,
      batchId: makeId<Id<'batch'>>(clock.now(), random),
      deviceId: batch[0]?.deviceId ?? '',
      dbEpoch: head.dbEpoch,
      incarnationSeen: head.incarnation,
      maxLocalSeq: head.nextSeq - 1,
      unsent,
      ops: batch.map(({ opId, sha256, body }) => ({ opId, sha256, body })),
    };
  }

  async function accept(
    author: Identity,
    batch: readonly OutboxOp[],
    answer: PushAnswer,
    askedAt: number,
  ) {
    const heardAt = clock.now();
    const results = applyPushAnswer(batch, answer);
    const { incarnation, serverNow } = answer;
    await outbox.settle(results, serverNow);
    await outbox.noteContact({
      deviceId: author.deviceId,
      incarnation,
      serverMs: serverNow,
      clockOffsetMs: clockOffset(serverNow, askedAt, heardAt),
    });
    most = Math.min(MAX_OPS_PER_PUSH, most * 2);
    for (const result of results) troubled.delete(result.opId);
    return results.length;
  }

  function shrink(batch: readonly OutboxOp[], failure: Failure): Step {
    if (failure.act !== 'halve') return failedStep(failure);
    most = Math.max(1, Math.floor(batch.length / 2));
    const [only] = batch;
    if (batch.length === 1 && only !== undefined) troubled.add(only.opId);
    const known = failure.why === 'too-large' || failure.why === 'not-taken';
    return known && batch.length > 1 ? AGAIN : failedStep(failure);
  }

  async function send(author: Identity, batch: readonly OutboxOp[], unsent: number): Promise<Step> {
    const push = await compose(batch, unsent);
    const askedAt = clock.now();
    const reply = await transport.send({
      method: 'POST',
      path: '/v1/push',
      token: author.deviceToken,
      body: JSON.stringify(push),
      timeoutMs: TIMEOUT,
    });
    const verdict = classifyReply(reply, readPushAnswer, (a) => a.batchId === push.batchId);
    if (!verdict.ok) {
      if (verdict.failure.act === 'stop') refused.set(author.deviceId, verdict.failure);
      return shrink(batch, verdict.failure);
    }
    if ((await accept(author, batch, verdict.answer, askedAt)) > 0) return AGAIN;
    // An answer that settles nothing must not be asked for again at once.
    return failedStep(failureOf('not-ours'));
  }

  async function step(hinted: boolean): Promise<Step> {
    if (hinted) refused.clear();
    const unsent = await outbox.listUnsent();
    if (unsent.length === 0) {
      await packets.noteSynced(clock.now());
      return DONE;
    }
    const identities = await outbox.readIdentities();
    for (const author of identities) {
      if (refused.has(author.deviceId)) continue;
      const own = unsent.filter((op) => op.deviceId === author.deviceId);
      if (own.length > 0) return send(author, planPush(own, most, troubled), own.length);
    }
    const [failure] = refused.values();
    return failure === undefined ? DONE : failedStep(failure);
  }

  return { step };
}
