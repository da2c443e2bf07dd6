import { applyPull } from '#shared/sync/apply-pull.ts';
import { readPacket, readPullAnswer } from '#shared/sync/check-answer.ts';
import { classifyReply, type Failure, failureOf } from '#shared/sync/classify-failure.ts';
import type { PullAnswer } from '#shared/sync/protocol.ts';
import type { Identity } from '../store/outbox-store.ts';
import { clockOffset } from './clock-offset.ts';
import type { CorePorts } from './ports.ts';
import { AGAIN, DONE, failedStep, type Step } from './step.ts';

const TIMEOUT = 30_000;
const PACKET_TIMEOUT = 120_000;

export interface Puller {
  /** Fetches one page of what others did. Never waits for a push. */
  step(): Promise<Step>;
  /** Fetches the packet of this phone's turf and puts it in the place of the one before. */
  fetchPacket(): Promise<Failure | null>;
}

/** Makes the half of the client core that keeps the phone's copy of the chapter's truth. */
export function makePuller(ports: CorePorts): Puller {
  const { outbox, packets, transport, clock } = ports;
  /** A cursor refused again right after a new packet must wait, not spin. */
  let renewed = false;

  async function fetchPacketAs(identity: Identity): Promise<Failure | null> {
    const askedAt = clock.now();
    const reply = await transport.send({
      method: 'GET',
      path: '/v1/packet',
      token: identity.deviceToken,
      timeoutMs: PACKET_TIMEOUT,
    });
    const verdict = classifyReply(reply, readPacket, (p) => p.chapter.id === identity.chapter.id);
    if (!verdict.ok) return verdict.failure;
    const heardAt = clock.now();
    await packets.putPacket(verdict.answer);
    // A phone may lose its signal right after joining: the first door must have its hour already.
    const { incarnation, serverNow } = verdict.answer;
    await outbox.noteContact({
      deviceId: identity.deviceId,
      incarnation,
      serverMs: serverNow,
      clockOffsetMs: clockOffset(serverNow, askedAt, heardAt),
    });
    return null;
  }

  async function startOver(identity: Identity, cursor: string, failure: Failure): Promise<Step> {
    const sheet = await packets.readPacket();
    if (sheet !== null && sheet.cursor !== cursor) {
      await packets.rewindCursor();
      return AGAIN;
    }
    if (renewed) return failedStep({ ...failure, act: 'retry' });
    const refusal = await fetchPacketAs(identity);
    renewed = refusal === null;
    return refusal === null ? AGAIN : failedStep(refusal);
  }

  async function accept(
    identity: Identity,
    answer: PullAnswer,
    from: string,
    askedAt: number,
  ): Promise<Step> {
    const heardAt = clock.now();
    renewed = false;
    await packets.putPage(applyPull(answer.changes, answer.cursor), from);
    const { incarnation, serverNow } = answer;
    await outbox.noteContact({
      deviceId: identity.deviceId,
      incarnation,
      serverMs: serverNow,
      clockOffsetMs: clockOffset(serverNow, askedAt, heardAt),
    });
    if (answer.more) return AGAIN;
    await packets.noteSynced(heardAt);
    return DONE;
  }

  async function refresh(identity: Identity, answer: PullAnswer): Promise<Failure | null> {
    const sheet = await packets.readPacket();
    const scope = answer.scopes.find((one) => one.id === sheet?.turf.id);
    if (scope === undefined || scope.version === sheet?.turf.version) return null;
    return fetchPacketAs(identity);
  }

  async function step(): Promise<Step> {
    const identity = await outbox.readIdentity();
    const cursor = await packets.readCursor();
    if (identity === null || cursor === null) return DONE;
    const askedAt = clock.now();
    const reply = await transport.send({
      method: 'GET',
      path: `/v1/pull?cursor=${encodeURIComponent(cursor)}`,
      token: identity.deviceToken,
      timeoutMs: TIMEOUT,
    });
    const verdict = classifyReply(reply, readPullAnswer);
    if (!verdict.ok) {
      const { failure } = verdict;
      return failure.act === 'restart' ? startOver(identity, cursor, failure) : failedStep(failure);
    }
    const next = await accept(identity, verdict.answer, cursor, askedAt);
    const failure = await refresh(identity, verdict.answer);
    return failure === null ? next : failedStep(failure);
  }

  return {
    step,
    fetchPacket: async () => {
      const identity = await outbox.readIdentity();
      return identity === null ? failureOf('refused') : fetchPacketAs(identity);
    },
  };
}
