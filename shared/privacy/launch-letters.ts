const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const COUNT = 10;
/** The first half says which code is meant, the second proves it. */
const HALF = COUNT / 2;

/**
 * Ten letters (50 bits) for typing a launch code, from at least ten random bytes. Method:
 * Crockford's base 32, which has no I, L, O or U.
 */
export function makeLaunchLetters(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes.subarray(0, COUNT)) text += LETTERS[byte % 32];
  return text;
}

/** The letters as they are shown: `7K3MQ-9TX4B`. */
export function showLaunchLetters(letters: string): string {
  const upper = letters.toUpperCase();
  return `${upper.slice(0, HALF)}-${upper.slice(HALF)}`;
}

/** The letters that say which code is meant: it can be found, and its tries counted, by them. */
export function callLetters(letters: string): string {
  return letters.slice(0, HALF);
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
  return /^[0-9a-hjkmnp-tv-z]{10}$/.test(letters) ? letters : null;
}
