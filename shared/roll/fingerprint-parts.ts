/** Bytes of a part. */
const PART = 64 * 1024;
/** Parts between the first and the last. */
const BETWEEN = 14;

/**
 * Which bytes of a file are hashed to know it again: its ends and parts in between, a megabyte in all,
 * so that a browser need not read a file of two gigabytes before it sends one. Two files of one size
 * that differ elsewhere only are taken for one: whoever goes on with a file must mean the same.
 */
export function fingerprintParts(bytes: number): { readonly from: number; readonly to: number }[] {
  if (bytes <= PART * (BETWEEN + 2)) return bytes === 0 ? [] : [{ from: 0, to: bytes }];
  const step = (bytes - PART) / (BETWEEN + 1);
  return Array.from({ length: BETWEEN + 2 }, (_, i) => {
    const from = Math.round(i * step);
    return { from, to: from + PART };
  });
}
