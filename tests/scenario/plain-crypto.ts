import { createHash } from 'node:crypto';
import type { SealText } from '../../client/store/seal-text.ts';
import type { Signer } from '../../client/sync/ports.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** A key and its signature without chance and without waiting, so that a seed tells one story. */
export const plainSigner: Signer = {
  makeKeys: () => Promise.resolve({ publicKey: digest('sim').repeat(2), privateKey: 'sim' }),
  sign: ({ privateKey }, text) => Promise.resolve(digest(`${String(privateKey)} ${text}`)),
};

const SEAL = 'sealed:';

/** Looks unlike its text, and gives it back to whoever knows how. */
export const plainSeal: SealText = (text, chapterKey) =>
  Promise.resolve(SEAL + Buffer.from(JSON.stringify([chapterKey, text])).toString('base64url'));

/** The text that `plainSeal` made this of, or null when it is sealed to another chapter, or nothing. */
export function openPlainSeal(sealed: string, chapterKey: string): string | null {
  if (!sealed.startsWith(SEAL)) return null;
  const [key, text] = JSON.parse(
    Buffer.from(sealed.slice(SEAL.length), 'base64url').toString(),
  ) as [string, string];
  return key === chapterKey ? text : null;
}
