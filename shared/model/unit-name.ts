/** Words that announce a unit and say nothing of it. */
const PLAIN_UNIT_WORDS: ReadonlySet<string> = new Set(
  'APT APARTMENT APMT UNIT UNT NO NUM NUMBER'.split(' '),
);

/** Words that announce a unit and are part of its name: lot 7 is not apartment 7. */
const NAMED_UNIT_WORDS: ReadonlyMap<string, string> = new Map(
  `BLDG BUILDING BLD|BSMT BASEMENT|FL FLOOR FLR|FRNT FRONT|LOT LT|LOWER LOWR LWR|PH PENTHOUSE|REAR
RM ROOM|SPC SPACE|STE SUITE|TRLR TRAILER TLR MH|UPPER UPPR UPR`
    .split(/[|\n]/)
    .flatMap((line) => {
      const [short = '', ...others] = line.split(' ');
      return [short, ...others].map((word): [string, string] => [word, short]);
    }),
);

/** Capital letters A to Z without accents. */
export function plainLetters(text: string): string {
  const upper = text.toUpperCase();
  // Most cells are ASCII, and normalize costs ten times what this test does.
  return /[^\0-\x7f]/.test(upper) ? upper.normalize('NFD').replace(/\p{M}/gu, '') : upper;
}

/**
 * A unit in one spelling: `Apt 3-A`, `#3a`, `UNIT 3 A` are `3A`; `Lot 7` stays another than `7`;
 * two numbers or two words keep a dash between them. Empty for a building of one dwelling. Idempotent.
 */
export function normaliseUnit(unit: string, unitType = ''): string {
  if (unit === '' && unitType === '') return '';
  const words = plainLetters(`${unitType} ${unit}`)
    .replace(/[^A-Z0-9]+/g, ' ')
    .replace(/(^| )(\d+)(?:ST|ND|RD|TH) ?(?:FL|FLR|FLOOR)(?= |$)/, '$1FL $2')
    .replace(/(^| )(LOT|PH|FL|RM|STE|APT|UNIT|BLDG)(?=\d)/g, '$1$2 ')
    .trim()
    .split(' ')
    .filter((word) => word !== '' && !PLAIN_UNIT_WORDS.has(word));
  // `Apt 5, 3rd floor` is `3rd floor, Apt 5`.
  const floor = words.findIndex((word) => NAMED_UNIT_WORDS.get(word) === 'FL');
  if (floor > 0 && /^\d+$/.test(words[floor + 1] ?? '')) words.unshift(...words.splice(floor, 2));
  let key = '';
  for (const [i, word] of words.entries()) {
    const named = NAMED_UNIT_WORDS.get(word);
    // A type that the file gives twice ("LOT" beside "LOT 7") is one.
    if (named !== undefined && NAMED_UNIT_WORDS.get(words[i + 1] ?? '') === named) continue;
    const part = named ?? word.replace(/^0+(?=[0-9])/, '');
    key += meets(key, part) ? `-${part}` : part;
  }
  return key;
}

/** Two numbers or two words that would run together into another one. */
function meets(before: string, after: string): boolean {
  return (
    (/\d$/.test(before) && /^\d/.test(after)) || (/[A-Z]$/.test(before) && /^[A-Z]/.test(after))
  );
}

/** The unit as shown at a door: without the words that say nothing, otherwise as written. */
export function showUnit(unit: string, unitType = ''): string {
  if (unit === '' && unitType === '') return '';
  const type = unitType.trim();
  const text = unit.trim().replace(/^#\s*/, '');
  const named =
    NAMED_UNIT_WORDS.has(type.toUpperCase()) && !plainLetters(text).startsWith(type.toUpperCase());
  const whole = named ? `${type} ${text}` : text;
  return whole
    .replace(/^(?:apartment|apt|unit|number|no)\b\.?\s*#?\s*(?=\S)/i, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * What all spellings of one dwelling of a building have in common, and those of two have not: its
 * normal form, or all its letters where some are of another script. Empty for a name without a letter or digit,
 * of which nobody can say that it is another's.
 */
export function unitKey(unit: string): string {
  const whole = plainLetters(unit).replace(/[^\p{L}\p{N}]+/gu, '');
  // The normal form has no other letters than ours: `7б` would be `7`.
  return /[^\0-\x7f]/.test(whole) ? whole : normaliseUnit(unit);
}
