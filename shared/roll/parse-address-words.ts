import { STREET_TYPES } from './street-words.ts';

/** A word of an address line in capitals, and where it stands in the line. */
export interface Word {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** A comma or its like stands before it. */
  readonly apart: boolean;
}

const OTHER = /[^\0-\x7f]/;
const SIGNS: Readonly<Record<string, string>> = {
  '½': ' 1/2 ',
  '¼': ' 1/4 ',
  '¾': ' 3/4 ',
  '⅓': ' 1/3 ',
  '⅔': ' 2/3 ',
  '–': '-',
  '—': '-',
  '‐': '-',
  '‑': '-',
  '’': "'",
  '‘': "'",
  ʼ: "'",
  ʻ: "'",
  Ø: 'O',
  ø: 'o',
  Ł: 'L',
  ł: 'l',
  Đ: 'D',
  đ: 'd',
  ß: 'ss',
  Æ: 'AE',
  æ: 'ae',
  Œ: 'OE',
  œ: 'oe',
  '，': ',',
  '＃': '#',
};

/** The line with plain signs for typographic ones, and fractions of three signs; letters stay. */
export function toPlainSigns(line: string): string {
  return line.replace(/[^\0-\x7f]/gu, (sign) => SIGNS[sign] ?? sign);
}

/** The line in capitals A to Z without accents; what has no such form becomes a space. */
export function toCapitals(line: string): string {
  // Most lines are ASCII, and the rest costs ten times what this test does.
  if (!OTHER.test(line)) return line.toUpperCase();
  return toPlainSigns(line)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^\0-\x7f]/g, ' ');
}

const GAP = 0;
const LETTER = 1;
const DIGIT = 2;
const COMMA = 3;
const NUMBER_SIGN = 4;
const AND = 5;
const APOSTROPHE = 6;
const POINT = 7;
const DASH = 8;
const SLASH = 9;

const SIGN_KINDS = new Map([
  [',', COMMA],
  [';', COMMA],
  ['|', COMMA],
  ['\n', COMMA],
  ['#', NUMBER_SIGN],
  ['&', AND],
  ["'", APOSTROPHE],
  ['`', APOSTROPHE],
  ['.', POINT],
  ['-', DASH],
  ['/', SLASH],
]);

const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const sign = String.fromCharCode(code);
  if (/[A-Z]/.test(sign)) return LETTER;
  return /\d/.test(sign) ? DIGIT : (SIGN_KINDS.get(sign) ?? GAP);
});

/** Nobody lives at a longer address; more would only cost time. */
const LONGEST = 1_000;

/**
 * The words of the first 1,000 characters of a line in capitals (`toCapitals`). Apostrophes and points go (`O'HARA`, `N.W.`), a
 * point between digits stays (`39.2`); a dash stays in a word that has a digit (`45-17`, `12A-3`)
 * and parts others; a slash stays between digits (`1/2`). `#` and `&` are words.
 */
export function splitWords(line: string): Word[] {
  const words: Word[] = [];
  const end = Math.min(line.length, LONGEST);
  let apart = false;
  let at = 0;
  while (at < end) {
    const kind = kindAt(line, at);
    if (kind === LETTER || kind === DIGIT) {
      at = readWord(line, at, apart, words);
      apart = false;
    } else {
      if (kind === COMMA) apart = true;
      else if (kind === NUMBER_SIGN || kind === AND) {
        words.push({ text: kind === NUMBER_SIGN ? '#' : 'AND', from: at, to: at + 1, apart });
        apart = false;
      } else if (kind === DASH && words.length > 0) apart = true;
      at++;
    }
  }
  return joinType(words);
}

/** In `12, MAIN, ST` a comma parts a street from its type. */
function joinType(words: Word[]): Word[] {
  for (let at = 1; at < words.length; at++) {
    const [before, word] = [words[at - 1], words[at]];
    if (word === undefined || before === undefined || !word.apart || !ALONE.has(word.text))
      continue;
    const last = at + 1 === words.length || words[at + 1]?.apart === true;
    if (last && !/\d/.test(before.text) && !STREET_TYPES.has(before.text)) {
      words[at] = { ...word, apart: false };
    }
  }
  return words;
}

/** Types that are nothing else, behind a comma either: no state, no unit, no town. */
const ALONE: ReadonlySet<string> = new Set(
  'ST STREET AVE AVENUE RD ROAD DR DRIVE LN LANE BLVD PL PLACE CIR TER PKWY'.split(' '),
);

function kindAt(line: string, at: number): number {
  return KINDS[line.charCodeAt(at)] ?? GAP;
}

/** Reads the word that starts at `from`; gives back where it ends. */
function readWord(line: string, from: number, apart: boolean, words: Word[]): number {
  const end = Math.min(line.length, LONGEST);
  let at = from;
  let since = from;
  let digits = false;
  let dashes = false;
  let clean = true;
  for (; at < end; at++) {
    const kind = kindAt(line, at);
    if (kind === LETTER) continue;
    if (kind === DIGIT) digits = true;
    else if (kind === APOSTROPHE) clean = false;
    else if (kind === POINT) {
      const joins = kindAt(line, at - 1) === DIGIT && kindAt(line, at + 1) === DIGIT;
      if (joins) continue;
      if (parts(line, since, at)) break;
      since = at + 1;
      clean = false;
    } else if (kind === DASH) {
      if (!isLetterOrDigit(line, at + 1)) break;
      dashes = true;
    } else if (kind === SLASH) {
      const fraction = kindAt(line, at - 1) === DIGIT && kindAt(line, at + 1) === DIGIT;
      if (!fraction && !isCareOf(line, from, at)) break;
    } else break;
  }
  const text = clean ? line.slice(from, at) : line.slice(from, at).replace(/['`]|\.(?!\d)/g, '');
  if (dashes && !digits) pushParts(line, from, at, apart, words);
  else words.push({ text, from, to: at, apart });
  return at;
}

/** A point that stands for a space: `ST.MARYS`, `APT.3`, but not `N.W.` or `U.S.` */
function parts(line: string, since: number, at: number): boolean {
  const next = kindAt(line, at + 1);
  if (next === DIGIT) return true;
  if (next !== LETTER) return false;
  return at - since > 2 || kindAt(line, at + 2) === LETTER;
}

function isLetterOrDigit(line: string, at: number): boolean {
  const kind = kindAt(line, at);
  return kind === LETTER || kind === DIGIT;
}

function isCareOf(line: string, from: number, at: number): boolean {
  return at - from === 1 && line[from] === 'C' && line[at + 1] === 'O';
}

/** `WINSTON-SALEM` is two words. */
function pushParts(line: string, from: number, to: number, apart: boolean, words: Word[]): void {
  let start = from;
  let first = apart;
  for (const part of line.slice(from, to).split('-')) {
    const text = part.replace(/['`.]/g, '');
    if (text !== '') words.push({ text, from: start, to: start + part.length, apart: first });
    first = false;
    start += part.length + 1;
  }
}
