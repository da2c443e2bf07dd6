import { hash } from 'node:crypto';
import { isUuid, type ChapterId } from '#shared/kernel/ids.ts';
import type { RandomBytes } from '#shared/kernel/random.ts';

/** A secret for a link, a session or a device: `<chapterId>.<43 letters>`, and what we keep of it. */
export interface Credential {
  readonly token: string;
  readonly hash: Uint8Array;
}

/** SHA-256. Enough for 256 random bits: nobody can try them all. */
export function hashSecret(text: string): Uint8Array {
  return new Uint8Array(hash('sha256', text, 'buffer'));
}

export function makeCredential(chapterId: ChapterId, random: RandomBytes): Credential {
  const secret = Buffer.from(random(32)).toString('base64url');
  const token = `${chapterId}.${secret}`;
  return { token, hash: hashSecret(token) };
}

/** The chapter that a token names and the hash to look for there; null when it is no token. */
export function readCredential(token: string): { chapterId: ChapterId; hash: Uint8Array } | null {
  const [chapterId, secret, ...rest] = token.split('.');
  if (!isUuid(chapterId) || rest.length > 0) return null;
  if (secret === undefined || !/^[\w-]{43}$/.test(secret)) return null;
  return { chapterId: chapterId as ChapterId, hash: hashSecret(token) };
}
