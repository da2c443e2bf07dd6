/** The token of a scanned link (`/join#TOKEN`); null when the code is to be typed. */
export function readLinkCode(hash: string): string | null {
  const code = decode(hash.replace(/^#/, '')).trim();
  return code === '' ? null : code;
}

// A damaged link is no reason to stop: the server will say whether the code opens anything.
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * A typed code as the server knows it: capitals, with a dash in the middle of ten letters.
 * Blanks and dashes may be anywhere; whatever else was typed is left for the server to judge.
 */
export function tidyCode(typed: string): string {
  // Somebody pasted the whole link.
  if (typed.includes('#')) return readLinkCode(typed.slice(typed.indexOf('#'))) ?? '';
  const letters = typed.toUpperCase().replaceAll(/[\s\-–—_.]/g, '');
  return letters.length === 10 ? `${letters.slice(0, 5)}-${letters.slice(5)}` : letters;
}
