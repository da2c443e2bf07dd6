import { sealToChapter } from '#shared/sync/seal-to-chapter.ts';

/** Seals a text to a chapter's key so that this phone cannot read it any more (P9). */
export type SealText = (text: string, chapterKey: string) => Promise<string>;

/** Seals by WebCrypto, with chance of its own: what is sealed twice never looks the same. */
export const sealText: SealText = (text, chapterKey) =>
  sealToChapter(
    crypto.subtle,
    chapterKey,
    new TextEncoder().encode(text),
    crypto.getRandomValues(new Uint8Array(12)),
  );
