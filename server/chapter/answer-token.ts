import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { AskToken, PhoneGuard, TokenAnswer } from '#shared/sync/protocol.ts';
import type { Ports } from '../ports.ts';
import { readSecret } from '../store/read-secret.ts';
import type { DeviceActor } from './actor.ts';
import { noteConduct } from './note-conduct.ts';
import { isSignedBy } from './device-keys.ts';
import { isOurChallenge, makeChallenge, makeReadToken } from './read-tokens.ts';

/** It says so whenever it asks to read; written down only where it is another than before. */
async function noteGuard({ db, deviceKey }: DeviceActor, guard: PhoneGuard): Promise<void> {
  await db.write((trx) =>
    trx.updateTable('devices').set({ guard }).where('key', '=', deviceKey).execute(),
  );
}

/**
 * Gives a phone something to sign, and for the signature a token that reads. A challenge that has
 * lapsed on a slow line is answered with a fresh one. A revoked phone gets a token too, which tells
 * it how it stands and reads nothing else.
 */
export async function answerToken(
  device: DeviceActor,
  ask: AskToken,
  ports: Pick<Ports, 'clock' | 'random'>,
): Promise<Result<TokenAnswer>> {
  const { db, deviceId, publicKey, standing } = device;
  if (ask.deviceId !== deviceId) return fail(problem('not-found'));
  if (publicKey === null) return fail(problem('update-first'));
  const secret = await readSecret(db.read);
  const now = ports.clock();
  const { answer } = ask;
  const expected = { chapterId: db.id, deviceId };
  if (answer === undefined || !isOurChallenge(answer.challenge, expected, secret, now)) {
    const challenge = makeChallenge(db.id, deviceId, secret, now, ports.random);
    return ok({ kind: 'challenge', deviceId, challenge, serverNow: now });
  }
  if (!isSignedBy(publicKey, answer.challenge, answer.signature)) {
    return fail(problem('not-signed-in'));
  }
  if (ask.guard !== undefined && ask.guard !== device.guard) await noteGuard(device, ask.guard);
  if (ask.conduct !== undefined) await noteConduct(device, ask.conduct, now);
  const { token, expiresAt } = makeReadToken(db.id, deviceId, secret, now);
  return ok({ kind: 'token', deviceId, token, expiresAt, serverNow: now, standing });
}
