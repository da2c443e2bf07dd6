const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
/** 16 letters of 5 bits: 80 bits, which nobody can try. */
const LENGTH = 16;

/**
 * The letters of one recovery code, from at least 16 random bytes. Method: Crockford's base 32,
 * which has no I, L, O or U.
 */
export function makeRecoveryLetters(bytes: Uint8Array): string {
  if (bytes.length < LENGTH) throw new Error('A recovery code needs 16 random bytes.');
  let text = '';
  for (const byte of bytes.subarray(0, LENGTH)) text += LETTERS[byte % 32];
  return text;
}

/** The letters as they are printed: `7K3M-Q9TX-0ABC-DEFG`. */
export function showRecoveryLetters(letters: string): string {
  return (letters.toUpperCase().match(/.{4}/g) ?? []).join('-');
}

/**
 * What a person typed, as it was meant: small letters, blanks and dashes aside, O for 0, I and L
 * for 1. Null when it cannot be a recovery code.
 */
export function readRecoveryLetters(typed: string): string | null {
  const letters = typed
    .toLowerCase()
    .replace(/[\s\p{Pd}_.]/gu, '')
    .replaceAll('o', '0')
    .replace(/[il]/g, '1');
  return /^[0-9a-hjkmnp-tv-z]{16}$/.test(letters) ? letters : null;
}
