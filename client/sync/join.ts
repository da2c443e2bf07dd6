import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { problem } from '#shared/kernel/problem.ts';
import type { Join, Joined } from '#shared/model/chapter.ts';
import { readJoined } from '#shared/sync/check-answer.ts';
import { classifyReply } from '#shared/sync/classify-failure.ts';
import type { DeviceKeys, Identity, OutboxStore } from '../store/outbox-store.ts';
import type { Signer, Transport } from './ports.ts';

const TIMEOUT = 30_000;

/** Remembers, outside the databases, which phone this browser was (P16). */
export interface Witness {
  read(): string | null;
  write(deviceId: string): void;
}

export interface JoinPorts {
  readonly outbox: OutboxStore;
  readonly transport: Transport;
  readonly signer: Signer;
  readonly witness: Witness;
}

interface Known {
  readonly identity: Identity | null;
  readonly all: readonly Identity[];
}

async function readKnown(outbox: OutboxStore): Promise<Result<Known>> {
  try {
    return ok({ identity: await outbox.readIdentity(), all: await outbox.readIdentities() });
  } catch {
    return fail(problem('storage-blocked'));
  }
}

/** A phone that was turned away comes back as a new one, with a key that nobody has seen. */
async function keysFor(known: Identity | null, signer: Signer): Promise<DeviceKeys> {
  const trusted = (known?.standing ?? 'ok') === 'ok' ? known?.keys : null;
  return trusted ?? (await signer.makeKeys());
}

/**
 * Trades a launch code for an identity and keeps it. What an earlier identity of this phone has
 * not sent yet stays, and still goes out under that one's name.
 */
export async function joinTurf(
  asked: Pick<Join, 'code' | 'name'>,
  { outbox, transport, signer, witness }: JoinPorts,
): Promise<Result<Joined>> {
  // A phone that the chapter knows stays the same phone, so that its unsent facts stay its own.
  const read = await readKnown(outbox);
  if (!read.ok) return read;
  const { identity: known, all } = read.value;
  const keys = await keysFor(known, signer);
  const was = witness.read();
  const lost = was !== null && all.every((one) => one.deviceId !== was);
  const wish: Join = {
    ...asked,
    publicKey: keys.publicKey,
    ...(lost ? { lostDeviceId: was } : {}),
  };
  const reply = await transport.send({
    method: 'POST',
    path: '/v1/join',
    token: known?.deviceToken ?? null,
    body: JSON.stringify(wish),
    timeoutMs: TIMEOUT,
  });
  const verdict = classifyReply(reply, readJoined);
  if (!verdict.ok) return fail(verdict.failure.problem);
  const { deviceId, deviceToken, grantUntil, chapterKey, chapter, member } = verdict.answer;
  const before = all.find((one) => one.deviceId === deviceId);
  try {
    await outbox.putIdentity({
      deviceId,
      deviceToken,
      chapter,
      member,
      keys,
      registered: true,
      grantUntil,
      chapterKey,
      incarnation: before?.incarnation ?? null,
      standing: 'ok',
      tookMore: before !== undefined,
    });
  } catch (error) {
    return fail(problem('not-saved', { reason: error instanceof Error ? error.name : '' }));
  }
  witness.write(deviceId);
  return ok(verdict.answer);
}
