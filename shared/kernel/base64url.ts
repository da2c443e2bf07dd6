const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const VALUES = new Map(Array.from(LETTERS, (letter, value) => [letter, value]));

/** Bytes as base64url of RFC 4648, without padding. */
export function toBase64url(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const word = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    parts.push(LETTERS.charAt(word >> 18), LETTERS.charAt((word >> 12) & 63));
    if (left > 1) parts.push(LETTERS.charAt((word >> 6) & 63));
    if (left > 2) parts.push(LETTERS.charAt(word & 63));
  }
  return parts.join('');
}

/** The bytes of a base64url text without padding, or null when it is none. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let [word, bits, next] = [0, 0, 0];
  for (const letter of text) {
    const value = VALUES.get(letter);
    if (value === undefined) return null;
    word = ((word << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[next++] = (word >> bits) & 0xff;
  }
  return bytes;
}
