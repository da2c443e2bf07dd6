import { fromBase64url, toBase64url } from '#shared/kernel/base64url.ts';
import type { RandomBytes } from '#shared/kernel/random.ts';
import { makeLaunchLetters, showLaunchLetters } from '#shared/privacy/launch-letters.ts';
import { type HandedBundle, writeBundle } from '#shared/sync/handed-bundle.ts';
import { MOST_HANDED_BYTES, writeFrames } from '#shared/sync/handed-frames.ts';
import { shutBox } from './handed-box.ts';

/** What a file begins with. It is text, which every phone can send to the next one. */
const FIRST_LINE = 'homeground turf 1\n';
/** What a browser offers when it asks for such a file. */
export const HANDED_FILES = '.txt,text/plain';

/** A turf ready to be shown or sent. */
export interface PackedTurf {
  /** Opens it; for telling, and in neither the codes nor the file. */
  readonly letters: string;
  /** One for each code, without the map; null where it is too large for codes. */
  readonly frames: readonly string[] | null;
  /** With the map. */
  readonly file: File;
}

/** Shuts a turf with fresh letters, for codes and for a file. */
export async function packTurf(
  parts: Pick<HandedBundle, 'note' | 'before' | 'packet' | 'facts'>,
  random: RandomBytes,
): Promise<PackedTurf> {
  const letters = makeLaunchLetters(random(10));
  const [small, whole] = await Promise.all([
    shutBox(writeBundle(parts, false), letters),
    shutBox(writeBundle(parts, true), letters),
  ]);
  const text = FIRST_LINE + toBase64url(whole);
  return {
    letters: showLaunchLetters(letters),
    frames: small.length > MOST_HANDED_BYTES ? null : writeFrames(small, random(4)),
    file: new File([text], 'homeground-turf.txt', { type: 'text/plain' }),
  };
}

/** What was shut into a file; null when it is another file. */
export async function readTurfFile(file: Blob): Promise<Uint8Array<ArrayBuffer> | null> {
  const text = await file.text().catch(() => '');
  return text.startsWith(FIRST_LINE) ? fromBase64url(text.slice(FIRST_LINE.length).trim()) : null;
}
