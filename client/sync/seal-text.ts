import { sealToChapter } from '#shared/sync/seal-to-chapter.ts';
import type { SealText } from './ports.ts';

/** Seals by WebCrypto, with chance of its own: what is sealed twice never looks the same. */
export const sealText: SealText = (text, chapterKey) =>
  sealToChapter(
    crypto.subtle,
    chapterKey,
    new TextEncoder().encode(text),
    crypto.getRandomValues(new Uint8Array(12)),
  );
