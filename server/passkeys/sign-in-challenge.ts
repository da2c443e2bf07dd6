import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RandomBytes } from '#shared/kernel/random.ts';
import { CHALLENGE_LIFE } from './challenges.ts';

const SALT = 16;
const TIME = 6;

function sign(secret: Uint8Array, said: Uint8Array): Buffer {
  return createHmac('sha256', secret).update('sign-in challenge\n').update(said).digest();
}

/**
 * A challenge for whoever stands at the sign-in page, base64url. Nobody is known yet, so nothing is
 * written: it says itself until when it holds, and the server's secret vouches for it.
 */
export function makeSignInChallenge(secret: Uint8Array, now: number, random: RandomBytes): string {
  const said = Buffer.alloc(SALT + TIME);
  said.set(random(SALT));
  said.writeUIntBE(now + CHALLENGE_LIFE, SALT, TIME);
  return Buffer.concat([said, sign(secret, said)]).toString('base64url');
}

/** Whether a server with this secret gave the challenge, not too long ago. */
export function isSignInChallenge(text: string, secret: Uint8Array, now: number): boolean {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== SALT + TIME + 32 || bytes.toString('base64url') !== text) return false;
  const said = bytes.subarray(0, SALT + TIME);
  if (!timingSafeEqual(bytes.subarray(SALT + TIME), sign(secret, said))) return false;
  const expiresAt = said.readUIntBE(SALT, TIME);
  return expiresAt > now && expiresAt <= now + CHALLENGE_LIFE;
}
