const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * Eight letters for typing a launch code, from at least eight random bytes. Method: Crockford's
 * base 32, which has no I, L, O or U.
 */
export function makeLaunchLetters(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes.subarray(0, 8)) text += LETTERS[byte % 32];
  return text;
}

/** The letters as they are shown: `7K3M-Q9TX`. */
export function showLaunchLetters(letters: string): string {
  const upper = letters.toUpperCase();
  return `${upper.slice(0, 4)}-${upper.slice(4)}`;
}

/**
 * What a person typed, as it was meant: small letters, blanks and dashes aside, O for 0, I and L
 * for 1. Null when it cannot be a launch code.
 */
export function readLaunchLetters(typed: string): string | null {
  const letters = typed
    .toLowerCase()
    .replace(/[\s\p{Pd}_.]/gu, '')
    .replaceAll('o', '0')
    .replace(/[il]/g, '1');
  return /^[0-9a-hjkmnp-tv-z]{8}$/.test(letters) ? letters : null;
}
