import { readTokenAnswer } from '#shared/sync/check-answer.ts';
import {
  classifyDone,
  classifyReply,
  failureOf,
  type Verdict,
} from '#shared/sync/classify-failure.ts';
import type { AskToken, TokenAnswer } from '#shared/sync/protocol.ts';
import type { DeviceKeys, Identity } from '../store/outbox-store.ts';
import type { CorePorts } from './ports.ts';

const TIMEOUT = 30_000;
/** A token is renewed so long before it ends: an answer may be under way for that long. */
const EARLY = 60_000;

interface Token {
  readonly deviceId: string;
  readonly token: string;
  /** By the clock that nobody can set. */
  readonly until: number;
}

export interface Asked<T> {
  readonly path: string;
  readonly timeoutMs: number;
  readonly read: (value: unknown) => T | null;
  readonly isOurs?: (answer: T) => boolean;
}

export interface Reader {
  /** Asks the server for something to read, with a token of this identity. */
  ask<T>(identity: Identity, asked: Asked<T>): Promise<Verdict<T>>;
}

/**
 * Makes the part of the core that reads. Its token lives in memory alone and for a quarter of an
 * hour; a new one costs a signature of the phone's own key, so that what was copied from the phone's
 * storage reads nothing (P14). An identity of the first version makes its key here, once.
 */
export function makeReader(ports: CorePorts): Reader {
  const { outbox, transport, clock, signer } = ports;
  let held: Token | null = null;

  function post(identity: Identity, path: string, body: unknown) {
    const token = identity.deviceToken;
    const text = JSON.stringify(body);
    return transport.send({ method: 'POST', path, token, body: text, timeoutMs: TIMEOUT });
  }

  async function keysOf(identity: Identity): Promise<Verdict<DeviceKeys>> {
    if (identity.keys && identity.registered === true) return { ok: true, answer: identity.keys };
    const made = identity.keys ?? (await signer.makeKeys());
    // Kept first, and only one: a key that the chapter knows and the phone has lost reads never again.
    const kept = await outbox.changeIdentity(identity.deviceId, ({ keys }) => ({
      keys: keys ?? made,
    }));
    const keys = kept?.keys ?? made;
    const reply = await post(identity, '/v1/device-key', { publicKey: keys.publicKey });
    const verdict = classifyDone(reply);
    if (!verdict.ok) return verdict;
    await outbox.changeIdentity(identity.deviceId, () => ({ registered: true }));
    return { ok: true, answer: keys };
  }

  async function askToken(identity: Identity, wish: AskToken): Promise<Verdict<TokenAnswer>> {
    const reply = await post(identity, '/v1/token', wish);
    // An older answer to who this phone was before would read as somebody else for a quarter of an hour.
    return classifyReply(reply, readTokenAnswer, (a) => a.deviceId === identity.deviceId);
  }

  async function makeToken(identity: Identity): Promise<Verdict<string>> {
    const { deviceId } = identity;
    let keys = await keysOf(identity);
    if (!keys.ok) return keys;
    let first = await askToken(identity, { deviceId });
    if (!first.ok && first.failure.problem.code === 'update-first') {
      // The chapter was put back to before it knew this key: it is told once more.
      const unknown = await outbox.changeIdentity(deviceId, () => ({ registered: false }));
      keys = await keysOf(unknown ?? identity);
      if (!keys.ok) return keys;
      first = await askToken(identity, { deviceId });
    }
    if (!first.ok) return first;
    if (first.answer.kind !== 'challenge') return { ok: false, failure: failureOf('not-ours') };
    const { challenge } = first.answer;
    const signature = await signer.sign(keys.answer, challenge);
    const guard = (await ports.lock?.guard()) ?? null;
    const { conduct } = identity;
    const untold = conduct !== undefined && conduct.told !== true ? conduct : null;
    const second = await askToken(identity, {
      deviceId,
      answer: { challenge, signature },
      // The desk is told, so that it can say how long a phone keeps its list out of reach.
      ...(guard !== null && { guard }),
      ...(untold !== null && { conduct: { version: untold.version, at: untold.at } }),
    });
    if (!second.ok) return second;
    if (second.answer.kind !== 'token') return { ok: false, failure: failureOf('not-ours') };
    if (untold !== null) {
      await outbox.changeIdentity(deviceId, () => ({ conduct: { ...untold, told: true } }));
    }
    const { token, expiresAt, serverNow } = second.answer;
    held = { deviceId, token, until: clock.elapsed() + expiresAt - serverNow - EARLY };
    return { ok: true, answer: token };
  }

  function tokenOf(identity: Identity): Promise<Verdict<string>> {
    if (held?.deviceId === identity.deviceId && clock.elapsed() < held.until) {
      return Promise.resolve({ ok: true, answer: held.token });
    }
    return makeToken(identity);
  }

  async function askOnce<T>(identity: Identity, asked: Asked<T>): Promise<Verdict<T>> {
    const token = await tokenOf(identity);
    if (!token.ok) return token;
    const { path, timeoutMs, read, isOurs } = asked;
    const reply = await transport.send({ method: 'GET', path, token: token.answer, timeoutMs });
    return classifyReply(reply, read, isOurs);
  }

  return {
    ask: async (identity, asked) => {
      const fresh = held;
      const verdict = await askOnce(identity, asked);
      if (verdict.ok || verdict.failure.why !== 'refused') return verdict;
      held = null;
      // A token may end before its time, as when the chapter moves; a new one tells that apart.
      return fresh === null ? verdict : askOnce(identity, asked);
    },
  };
}
