import { MOST_BEFORE } from '#shared/model/handed-chain.ts';
import type { HandedAnswer, HandedClaim, PostHanded } from '#shared/model/handed.ts';
import { classifyReply } from '#shared/sync/classify-failure.ts';
import type { Identity } from '../store/outbox-store.ts';
import type { CorePorts } from './ports.ts';
import { DONE, failedStep, type Step } from './step.ts';

const TIMEOUT = 30_000;
/** A claim that was refused is made again only after this long, in ms: only people can help. */
const REFUSED_PAUSE = 60 * 60_000;

type ClaimPorts = Pick<CorePorts, 'outbox' | 'transport' | 'clock'>;

/** The value as the answer to a claim, or null when it is anything else. */
function readAnswer(value: unknown): HandedAnswer | null {
  if (typeof value !== 'object' || value === null) return null;
  const { deviceId, standing, grantUntil } = value as Partial<HandedAnswer>;
  const stands = standing === 'walks' || standing === 'held';
  return stands && typeof deviceId === 'string' && typeof grantUntil === 'number'
    ? (value as HandedAnswer)
    : null;
}

/**
 * Makes the first step of every contact: a phone that was handed its turf says so before it sends or
 * asks for anything, since nobody knows it until then. Both halves of the core wait for the same
 * claim. A refused one keeps nothing back that others on this phone have to send.
 */
export function makeClaimer(ports: ClaimPorts): (hinted: boolean) => Promise<Step> {
  const { outbox, transport, clock } = ports;
  const refusedAt = new Map<string, number>();
  let under: Promise<Step> | null = null;

  async function post(claim: HandedClaim, before: readonly HandedClaim[]) {
    const body: PostHanded = { claim, before: [...before] };
    const reply = await transport.send({
      method: 'POST',
      path: '/v1/handed',
      token: null,
      body: JSON.stringify(body),
      timeoutMs: TIMEOUT,
    });
    return classifyReply(reply, readAnswer, ({ deviceId }) => deviceId === claim.deviceId);
  }

  async function claim({ deviceId, handed }: Identity): Promise<Step> {
    if (!handed) return DONE;
    let before = handed.before;
    // The first of a long chain go first. Each stands for itself, however often it is said.
    while (before.length > MOST_BEFORE) {
      const part = before.slice(0, MOST_BEFORE + 1);
      const last = part.pop();
      const sent = last && (await post(last, part));
      if (sent?.ok === false && sent.failure.why !== 'not-taken') return failedStep(sent.failure);
      before = before.slice(MOST_BEFORE + 1);
    }
    const verdict = await post(handed.claim, before);
    if (verdict.ok) {
      const { grantUntil } = verdict.answer;
      await outbox.changeIdentity(deviceId, () => ({ handed: null, registered: true, grantUntil }));
      return DONE;
    }
    const { failure } = verdict;
    if (failure.why !== 'not-taken') return failedStep(failure);
    refusedAt.set(deviceId, clock.elapsed());
    return DONE;
  }

  async function claimAll(hinted: boolean): Promise<Step> {
    for (const identity of await outbox.readIdentities()) {
      const since = clock.elapsed() - (refusedAt.get(identity.deviceId) ?? -Infinity);
      if (!identity.handed || (since < REFUSED_PAUSE && !hinted)) continue;
      const step = await claim(identity);
      if (step.kind === 'failed') return step;
    }
    return DONE;
  }

  return (hinted) => {
    under ??= claimAll(hinted).finally(() => {
      under = null;
    });
    return under;
  };
}
