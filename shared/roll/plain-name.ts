/** A name by its letters and digits alone, in capitals without accents: `O’Hara`, `OHARA` are one. */
export function plainName(text: string): string {
  const upper = text.toUpperCase();
  // Most names are ASCII, and normalize costs ten times what this test does.
  if (!/[^\0-\x7f]/.test(upper)) return upper.replace(/[^A-Z0-9]+/g, '');
  return upper.normalize('NFKD').replace(/[^\p{L}\p{N}]+/gu, '');
}
