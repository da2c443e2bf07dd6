import { createHmac, timingSafeEqual } from 'node:crypto';
import { isUuid, type ChapterId, type DeviceId } from '#shared/kernel/ids.ts';
import type { RandomBytes } from '#shared/kernel/random.ts';

/** How long a phone may take to sign, and how long it may read after that. */
const CHALLENGE_LIFE = 2 * 60_000;
const TOKEN_LIFE = 15 * 60_000;

/** Who may read until when, as a token or challenge says it. Nothing of it is stored. */
interface Claim {
  readonly chapterId: ChapterId;
  readonly deviceId: DeviceId;
  readonly expiresAt: number;
}

type Kind = 'challenge' | 'read';

function sign(secret: Uint8Array, text: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url');
}

function write(kind: Kind, claim: Claim, salt: string, secret: Uint8Array): string {
  const { chapterId, deviceId, expiresAt } = claim;
  const text = [chapterId, kind, deviceId, expiresAt, salt].join('.');
  return `${text}.${sign(secret, text)}`;
}

function isSame(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function read(
  kind: Kind,
  text: string,
): (Claim & { readonly signed: string; readonly mac: string }) | null {
  const parts = text.split('.');
  const [chapterId, said, deviceId, expires, salt, mac] = parts;
  if (parts.length !== 6 || said !== kind || !isUuid(chapterId) || !isUuid(deviceId)) return null;
  if (expires === undefined || !/^\d{1,15}$/.test(expires) || mac === undefined) return null;
  return {
    chapterId: chapterId as ChapterId,
    deviceId: deviceId as DeviceId,
    expiresAt: Number(expires),
    signed: [chapterId, kind, deviceId, expires, salt].join('.'),
    mac,
  };
}

/** A text for one phone to sign within two minutes. */
export function makeChallenge(
  chapterId: ChapterId,
  deviceId: DeviceId,
  secret: Uint8Array,
  now: number,
  random: RandomBytes,
): string {
  const salt = Buffer.from(random(9)).toString('base64url');
  return write('challenge', { chapterId, deviceId, expiresAt: now + CHALLENGE_LIFE }, salt, secret);
}

/** Whether this chapter gave this challenge to this phone, not too long ago. */
export function isOurChallenge(
  text: string,
  expected: { readonly chapterId: ChapterId; readonly deviceId: DeviceId },
  secret: Uint8Array,
  now: number,
): boolean {
  const found = read('challenge', text);
  if (found === null || found.expiresAt <= now) return false;
  if (found.chapterId !== expected.chapterId || found.deviceId !== expected.deviceId) return false;
  return isSame(found.mac, sign(secret, found.signed));
}

/** A token that reads for fifteen minutes; what it may read is looked up at each request (P14). */
export function makeReadToken(
  chapterId: ChapterId,
  deviceId: DeviceId,
  secret: Uint8Array,
  now: number,
): { readonly token: string; readonly expiresAt: number } {
  const expiresAt = now + TOKEN_LIFE;
  return { token: write('read', { chapterId, deviceId, expiresAt }, '', secret), expiresAt };
}

/** What a text claims that looks like a read token; `isReadToken` then checks it. */
export function readReadToken(text: string): ReturnType<typeof read> {
  return read('read', text);
}

/** Whether the chapter with this secret gave the token, and it still reads. */
export function isReadToken(
  claim: NonNullable<ReturnType<typeof readReadToken>>,
  secret: Uint8Array,
  now: number,
): boolean {
  return claim.expiresAt > now && isSame(claim.mac, sign(secret, claim.signed));
}
