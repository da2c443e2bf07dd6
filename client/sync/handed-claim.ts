import { MOST_BEFORE } from '#shared/model/handed-chain.ts';
import type { HandedAnswer, HandedClaim, PostHanded } from '#shared/model/handed.ts';
import { classifyReply, type Failure, type FailureReason } from '#shared/sync/classify-failure.ts';
import type { Identity } from '../store/outbox-store.ts';
import type { CorePorts } from './ports.ts';

const TIMEOUT = 30_000;
/** A claim that was refused is made again only after this long, in ms: only people can help. */
const REFUSED_PAUSE = 60 * 60_000;
/** One that could not be taken now is made again only then, in ms, unless the server says later. */
const PAUSE = 10_000;
/** There is no way to the server for anybody. */
const CUT_OFF: ReadonlySet<FailureReason> = new Set(['unreachable', 'timeout', 'captive-portal']);

/** What came of the claims that this phone had to make. */
export interface Claims {
  /** Why nothing can be sent at all; null when something was answered, or nothing asked. */
  readonly cutOff: Failure | null;
  /** The identities, by device, that nobody knows yet, with why: those alone wait. */
  readonly waiting: ReadonlyMap<string, Failure>;
}

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
 * claim. One that is refused, or that a server in trouble could not take, keeps nothing back that
 * others on this phone have to send.
 */
export function makeClaimer(ports: ClaimPorts): (hinted: boolean) => Promise<Claims> {
  const { outbox, transport, clock } = ports;
  const refusedAt = new Map<string, number>();
  const delayed = new Map<string, { readonly until: number; readonly failure: Failure }>();
  let under: Promise<Claims> | null = null;

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

  /** Why it could not be made; null when it was answered, for good or ill. */
  async function claim({ deviceId, handed }: Identity): Promise<Failure | null> {
    if (!handed) return null;
    let before = handed.before;
    // The first of a long chain go first. Each stands for itself, however often it is said.
    while (before.length > MOST_BEFORE) {
      const part = before.slice(0, MOST_BEFORE + 1);
      const last = part.pop();
      const sent = last && (await post(last, part));
      if (sent?.ok === false && sent.failure.why !== 'not-taken') return sent.failure;
      before = before.slice(MOST_BEFORE + 1);
    }
    const verdict = await post(handed.claim, before);
    if (verdict.ok) {
      const { grantUntil } = verdict.answer;
      await outbox.changeIdentity(deviceId, () => ({ handed: null, registered: true, grantUntil }));
      return null;
    }
    const { failure } = verdict;
    if (failure.why !== 'not-taken') return failure;
    refusedAt.set(deviceId, clock.elapsed());
    return null;
  }

  async function claimAll(hinted: boolean): Promise<Claims> {
    const waiting = new Map<string, Failure>();
    for (const identity of await outbox.readIdentities()) {
      const { deviceId, handed } = identity;
      const now = clock.elapsed();
      const since = now - (refusedAt.get(deviceId) ?? -Infinity);
      if (!handed || (since < REFUSED_PAUSE && !hinted)) continue;
      const known = delayed.get(deviceId);
      if (known !== undefined && now < known.until && !hinted) {
        waiting.set(deviceId, known.failure);
        continue;
      }
      delayed.delete(deviceId);
      const failure = await claim(identity);
      if (failure === null) continue;
      if (CUT_OFF.has(failure.why)) return { cutOff: failure, waiting };
      const until = clock.elapsed() + Math.max(failure.waitMs ?? 0, PAUSE);
      delayed.set(deviceId, { until, failure });
      waiting.set(deviceId, failure);
    }
    return { cutOff: null, waiting };
  }

  return (hinted) => {
    under ??= claimAll(hinted).finally(() => {
      under = null;
    });
    return under;
  };
}
