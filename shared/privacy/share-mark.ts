/** HMAC-SHA-256 of a text's UTF-8 bytes with this share's key, in hex. */
export type Keyed = (text: string) => string;

const HALF = 12;

/**
 * The mark of one person's row in one share: `r`, six bytes that stand for the person under the
 * share's key, and six that only this key can give to them. So a single row that turns up tells which
 * share it was given in, without the roll at hand, and no recipient can make another's marks. It says
 * nothing of the person to anybody without the key.
 */
export function makeMark(person: string, keyed: Keyed): string {
  const row = keyed(`row ${person}`).slice(0, HALF);
  return `r${row}${keyed(`mark ${row}`).slice(0, HALF)}`;
}

/** True when this share's key has made the mark; by chance for one in 2^48 of another's. */
export function isMarkOf(mark: string, keyed: Keyed): boolean {
  const row = mark.slice(1, 1 + HALF);
  return mark.slice(1 + HALF) === keyed(`mark ${row}`).slice(0, HALF);
}

/** Where a person's row stands in the file of one share: sort by it. Below 2^48. */
export function placeInFile(person: string, keyed: Keyed): number {
  return Number.parseInt(keyed(`place ${person}`).slice(0, HALF), 16);
}

/** The marks in whatever text turned up, each once. */
export function findMarks(text: string): string[] {
  return [...new Set(text.match(/\br[0-9a-f]{24}\b/g) ?? [])];
}
