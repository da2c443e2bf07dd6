const BEGINNINGS: readonly (readonly [RegExp, string])[] = [
  [/^(?:KN|GN|PN)/, 'N'],
  [/^WR/, 'R'],
  [/^PS/, 'S'],
  [/^WH/, 'W'],
  [/^MAC/, 'MC'],
];
const CLASSES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Array.from('BP', (letter) => [letter, '1'])),
  ...Object.fromEntries(Array.from('FV', (letter) => [letter, '2'])),
  ...Object.fromEntries(Array.from('CGJKQSXZ', (letter) => [letter, '3'])),
  ...Object.fromEntries(Array.from('DT', (letter) => [letter, '4'])),
  L: '5',
  ...Object.fromEntries(Array.from('MN', (letter) => [letter, '6'])),
  R: '7',
};
/** Sounds that are kept; what follows in a long name is mostly an ending. */
const KEPT = 5;

/**
 * How a plain name sounds, roughly: consonants by their kind, each once, without vowels, so that
 * `SMITH`, `SMYTHE` and `SCHMIDT` are one. Alike in intent to Soundex, but that beginnings that sound
 * the same fall together, and that a slip in a vowel changes nothing.
 */
export function soundOfName(plain: string): string {
  let word = plain.replaceAll('PH', 'F').replaceAll('GH', '').replaceAll('SCH', 'S');
  for (const [beginning, sound] of BEGINNINGS) word = word.replace(beginning, sound);
  let sound = '';
  let before = '';
  for (const letter of word) {
    const kind = CLASSES[letter] ?? '';
    if (kind !== '' && kind !== before) sound += kind;
    if (letter !== 'H' && letter !== 'W') before = kind;
    if (sound.length === KEPT) break;
  }
  // A name of vowels alone is known by its first letter.
  return sound === '' ? word.slice(0, 1) : sound;
}
