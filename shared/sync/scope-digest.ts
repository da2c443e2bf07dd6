import type { ScopeDigest } from './protocol.ts';

/** The first 16 bytes of a SHA-256, given as its bytes or as hex digits, in four words. */
function readWords(hash: Uint8Array | string): readonly [number, number, number, number] {
  if (typeof hash === 'string') {
    const word = (at: number): number => parseInt(hash.slice(at, at + 8), 16);
    return [word(0), word(8), word(16), word(24)];
  }
  const view = new DataView(hash.buffer, hash.byteOffset, hash.byteLength);
  return [view.getUint32(0), view.getUint32(4), view.getUint32(8), view.getUint32(12)];
}

/**
 * Count and sum of facts by the SHA-256 of their bodies: the same for every order, other as soon
 * as one is missing, doubled or changed. Phone and server each compute it of their own rows (P10).
 * `sum` is of the hashes' first 16 bytes as big-endian integers modulo 2^128, in 32 hex digits.
 * For up to two million facts.
 */
export function scopeDigest(hashes: Iterable<Uint8Array | string>): ScopeDigest {
  let [count, a, b, c, d] = [0, 0, 0, 0, 0];
  for (const hash of hashes) {
    const words = readWords(hash);
    count += 1;
    a += words[0];
    b += words[1];
    c += words[2];
    d += words[3];
  }
  let carry = 0;
  const sum = [d, c, b, a].map((column) => {
    const whole = column + carry;
    carry = Math.floor(whole / 2 ** 32);
    return (whole % 2 ** 32).toString(16).padStart(8, '0');
  });
  return { count, sum: sum.reverse().join('') };
}
