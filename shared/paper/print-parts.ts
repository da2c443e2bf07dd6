/** A launch prints forty turfs. A file of more than this is a copy of the roll, and its address too long. */
export const MOST_PRINTED = 100;

/** Turfs to print, in their order, as the files that they take: each of at most `MOST_PRINTED`. */
export function printParts(ids: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(ids.length / MOST_PRINTED);
  return Array.from({ length: count }, (_, at) =>
    ids.slice(at * MOST_PRINTED, (at + 1) * MOST_PRINTED),
  );
}
