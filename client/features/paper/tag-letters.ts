import type { TagId } from '#shared/kernel/ids.ts';
import type { PaperTag } from '#shared/model/paper.ts';

/**
 * The tags whose letters are typed, each once: `ac`, or `a c aa` where there are more than the letters
 * of the alphabet. Null for a letter that is no tag's. One that is no longer offered counts: the sheet
 * may be older.
 */
export function readTags(typed: string, tags: readonly PaperTag[]): readonly TagId[] | null {
  const byLetter = new Map(tags.map(({ letter, id }) => [letter, id]));
  const parts = typed.toLowerCase().split(/[\s,]+/);
  const letters = parts.flatMap((part) => (byLetter.has(part) ? [part] : part.split('')));
  const ids = letters.flatMap((letter) => byLetter.get(letter) ?? []);
  return ids.length < letters.length ? null : [...new Set(ids)];
}

/** How a tag is typed. */
export const writeTag = (tag: TagId, tags: readonly PaperTag[]): string =>
  tags.find(({ id }) => id === tag)?.letter ?? '';
