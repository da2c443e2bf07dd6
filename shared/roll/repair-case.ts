const KEEP = /^(?:II|III|IV|VI|VII|VIII|NE|NW|SE|SW|US|PO|JR\.?|SR\.?)$/;

/**
 * Names that a file writes in capitals only (or in small letters only) with a capital at the start
 * of each part: `O'HARA` becomes `O'Hara`, `MCKAY` `McKay`. Mixed spelling is left as the person has it.
 */
export function repairCase(text: string): string {
  const trimmed = text.trim().replace(/\s+/g, ' ');
  if (trimmed !== trimmed.toUpperCase() && trimmed !== trimmed.toLowerCase()) return trimmed;
  return trimmed
    .split(' ')
    .map((word) => (KEEP.test(word) ? keepWord(word) : capitalise(word)))
    .join(' ');
}

function keepWord(word: string): string {
  return /^[JS]R/.test(word) ? (word[0] ?? '') + word.slice(1).toLowerCase() : word;
}

function capitalise(word: string): string {
  const lower = word.toLowerCase();
  if (/^\d/.test(word)) return lower;
  return lower
    .replace(
      /(^|[-'’])(\p{L})(?=[\p{L}'’]|$)/gu,
      (whole: string, sign: string, letter: string, at: number) => {
        // The s of "king's" stays small.
        const rest = lower.length - at - whole.length;
        return sign !== '' && sign !== '-' && rest === 0 ? whole : sign + letter.toUpperCase();
      },
    )
    .replace(
      /(^|-)Mc(\p{L})/gu,
      (_, sign: string, letter: string) => `${sign}Mc${letter.toUpperCase()}`,
    )
    .replace(MAC, (_, sign: string, clan: string) => `${sign}Mac${capitalise(clan)}`);
}

/** Names of which the Mac is a word of its own; of others, as Mack and Machado, it is none. */
const MAC =
  /(^|-)Mac(all?ister|alpine|arthur|aulay|bride|cabe|callum|carthy|coll|corma?ck|cormick|culloch|don\w+|doug\w+|dowell|fadden|farl\w+|gre\w+|inn\w+|into\w+|inty\w+|lau\w+|lea\w+|lell\w+|leod|mill\w+|mull\w+|nab|namara|nea\w+|nei\w+|phe\w+|quarrie|rae|tavish|vicar)(?=$|-)/gu;
