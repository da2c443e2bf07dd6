import { createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalJson } from '#shared/kernel/canonical.ts';
import type { HandedNote } from '#shared/model/handed.ts';
import { isSignedBy } from './device-keys.ts';

/** How long a phone that was handed a turf may take to reach the chapter, in ms: as late facts (P8). */
export const HANDED_LIFE = 72 * 3_600_000;

type Said = Omit<HandedNote, 'signature'>;

function macOf(said: Said, secret: Uint8Array): Buffer {
  return createHmac('sha256', secret)
    .update(`handed.${canonicalJson(said)}`)
    .digest();
}

/** A note that the chapter itself gives. */
export function writeNote(said: Said, secret: Uint8Array): HandedNote {
  return { ...said, signature: macOf(said, secret).toString('base64url') };
}

/** Whether this is the chapter's own note, or one of the phone with this key, to the letter. */
export function isTrueNote(
  { signature, ...said }: HandedNote,
  secret: Uint8Array,
  giverKey: Uint8Array | null,
): boolean {
  if (said.giver !== null) {
    return giverKey !== null && isSignedBy(giverKey, canonicalJson(said), signature);
  }
  const [own, other] = [macOf(said, secret), Buffer.from(signature, 'base64url')];
  return own.length === other.length && timingSafeEqual(own, other);
}
