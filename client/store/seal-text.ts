import { prepareSeal, type SealOnce } from '#shared/sync/seal-to-chapter.ts';

/** Seals a text to a chapter's key so that this phone cannot read it any more (P9). */
export type SealText = (text: string, chapterKey: string) => Promise<string>;

/** Made ahead for the next text; null of a seal that could not be made. */
let ahead: { readonly chapterKey: string; readonly seal: Promise<SealOnce | null> } | null = null;

/** Makes the next text's key now: on a slow phone that takes longer than all else of sealing. */
export function prepareSealText(chapterKey: string): void {
  if (ahead?.chapterKey === chapterKey) return;
  ahead = { chapterKey, seal: prepareSeal(crypto.subtle, chapterKey).catch(() => null) };
}

/** Seals by WebCrypto, with chance of its own: what is sealed twice never looks the same. */
export const sealText: SealText = async (text, chapterKey) => {
  const made = ahead?.chapterKey === chapterKey ? ahead.seal : null;
  if (made !== null) ahead = null;
  const seal = (await made) ?? (await prepareSeal(crypto.subtle, chapterKey));
  return seal(new TextEncoder().encode(text), crypto.getRandomValues(new Uint8Array(12)));
};
