import { FIRST_TYPES } from './parse-address-street.ts';
import type { Word } from './parse-address-words.ts';
import { DIRECTIONS, NUMBER_WORDS, STREET_TYPES, TENS_WORDS } from './street-words.ts';

/** A house number in its parts. */
export interface HouseNumber {
  /** `12`, `12-14`, `45-17`, `N6W23001`; without leading zeros. */
  readonly number: string;
  /** `1/2`, `A`, `A 1/2`; or empty. */
  readonly suffix: string;
  /** The first word behind it. */
  readonly next: number;
  /** A number with directions in it, as in a grid of streets. */
  readonly grid: boolean;
}

const ORDINAL = /^\d+(?:ST|ND|RD|TH)$/;
const PLAIN = /^(\d+)(?:-?([A-Z]{1,2})|-([A-Z]\d{1,2}))?$/;
const RANGE = /^(\d+[A-Z]?-\d+)([A-Z])?$/;
const DECIMAL = /^(\d+)\.(5|25|75)0?$/;
/** `107.5-109`: two numbers of which one has a half. */
const HALF_RANGE = /^(\d+)(?:\.(5|25|75)0?)?-(\d+)(?:\.\d+)?$/;
/** `143-1B1`: a number with more in it than a unit's letter. */
const JOINED = /^\d+(?:-\d+)?-[\dA-Z]{2,4}$/;
const HALF = /^(\d+)-(\d\/\d)$/;
const SLASHED = /^(\d+)\/(\d+)$/;
const FRACTION = /^[1-9]\/[2-9]$/;
const GRID = /^(?:[NSEW]\d+(?:[NSEW]\d+)?|\d+[NSEW]\d+)[A-Z]?$/;
const GRID_PART = /^[NSEW]\d+$/;
const LETTERED = /^[A-Z]-?\d+$/;
const RUN_ON = /^(\d+)([A-Z]{3,})$/;
const DECIMALS: Readonly<Record<string, string>> = { 5: '1/2', 25: '1/4', 75: '3/4' };

function isDigits(word: string): boolean {
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    if (code < 48 || code > 57) return false;
  }
  return word !== '';
}

function bare(number: string): string {
  return number.charCodeAt(0) === 48 ? number.replace(/^0+(?=\d)/, '') : number;
}

/** The house number that starts at a word; null where a street or anything else does. */
export function readNumber(words: Word[], at: number, to: number): HouseNumber | null {
  const word = words[at]?.text ?? '';
  const code = word.charCodeAt(0);
  if (code >= 48 && code <= 57) {
    if (isDigits(word)) return readMore(words, bare(word), '', at + 1, to, false);
    if (ORDINAL.test(word)) return null;
    return readMixed(words, word, at, to);
  }
  if (at + 1 >= to) return null;
  if (GRID.test(word)) {
    const next = words[at + 1]?.text ?? '';
    if (GRID_PART.test(word) && GRID_PART.test(next)) {
      return readMore(words, word + next, '', at + 2, to, true);
    }
    return readMore(words, word, '', at + 1, to, true);
  }
  if (LETTERED.test(word) && !/^[IMK]/.test(word) && at + 2 < to && endsInType(words, at, to)) {
    return { number: word, suffix: '', next: at + 1, grid: false };
  }
  // Blocks of Puerto Rico: `A19 CALLE RIO`.
  if (/^[A-Z]{1,2}-?\d+$/.test(word) && FIRST_TYPES.has(words[at + 1]?.text ?? '')) {
    return { number: word, suffix: '', next: at + 1, grid: false };
  }
  return readWords(words, at, to, word);
}

function readMixed(words: Word[], word: string, at: number, to: number): HouseNumber | null {
  const plain = PLAIN.exec(word);
  if (plain !== null)
    return readMore(words, bare(plain[1] ?? ''), plain[2] ?? plain[3] ?? '', at + 1, to, false);
  const range = RANGE.exec(word);
  if (range !== null)
    return readMore(words, bare(range[1] ?? ''), range[2] ?? '', at + 1, to, false);
  const half = HALF.exec(word);
  if (half !== null) return readMore(words, bare(half[1] ?? ''), half[2] ?? '', at + 1, to, false);
  const decimal = DECIMAL.exec(word);
  if (decimal !== null) {
    const suffix = DECIMALS[decimal[2] ?? ''] ?? '';
    return readMore(words, bare(decimal[1] ?? ''), suffix, at + 1, to, false);
  }
  const wide = HALF_RANGE.exec(word);
  if (wide !== null) {
    const [first, last] = [bare(wide[1] ?? ''), bare(wide[3] ?? '')];
    const number = Number(last) > Number(first) ? `${first}-${last}` : first;
    return readMore(words, number, DECIMALS[wide[2] ?? ''] ?? '', at + 1, to, false);
  }
  if (FRACTION.test(word)) return { number: '', suffix: word, next: at + 1, grid: false };
  const slashed = SLASHED.exec(word);
  if (slashed !== null) {
    return readMore(words, `${bare(slashed[1] ?? '')}-${slashed[2]}`, '', at + 1, to, false);
  }
  if (GRID.test(word)) return readMore(words, word, '', at + 1, to, true);
  if (JOINED.test(word) || /^\d+[A-Z]?-\d+[A-Z]$/.test(word) || /^\d+-\d+-\d+$/.test(word)) {
    return readMore(words, bare(word), '', at + 1, to, false);
  }
  return splitRunOn(words, word, at, to);
}

/** `123MAIN ST` lacks its space. */
function splitRunOn(words: Word[], word: string, at: number, to: number): HouseNumber | null {
  const run = RUN_ON.exec(word);
  const whole = words[at];
  if (run === null || whole === undefined || at + 1 >= to) return null;
  const [, number = '', rest = ''] = run;
  const middle = whole.to - rest.length;
  words.splice(
    at,
    1,
    { text: number, from: whole.from, to: middle, apart: whole.apart },
    { text: rest, from: middle, to: whole.to, apart: false },
  );
  return { number: bare(number), suffix: '', next: at + 1, grid: false };
}

/** A fraction or a letter that stands apart from the number. */
function readMore(
  words: readonly Word[],
  number: string,
  suffix: string,
  next: number,
  to: number,
  grid: boolean,
): HouseNumber {
  const word = words[next];
  const text = word?.text ?? '';
  if (word === undefined || next >= to || word.apart) return { number, suffix, next, grid };
  const other = words[next + 1]?.text ?? '';
  const range = text === 'AND' || (text === 'TO' && number !== '');
  if (range && suffix === '' && next + 2 < to && isDigits(other)) {
    return { number: `${number}-${other}`, suffix, next: next + 2, grid };
  }
  const fraction = readFraction(text);
  if (fraction !== null && (suffix === '' || fraction === text)) {
    const both = suffix === '' ? fraction : `${suffix} ${fraction}`;
    return { number, suffix: both, next: next + 1, grid };
  }
  if (suffix === '' && isLetter(words, next, to, text)) {
    if (FRACTION.test(other)) return { number, suffix: `${text} ${other}`, next: next + 2, grid };
    return { number, suffix: text, next: next + 1, grid };
  }
  return { number, suffix, next, grid };
}

/** `1/2`, and of `1/2-A` the letter first, as where it is joined to the number; null of others. */
export function readFraction(text: string): string | null {
  if (FRACTION.test(text)) return text;
  const both = /^([1-9]\/[2-9])-?([A-Z])$/.exec(text);
  return both === null ? null : `${both[2]} ${both[1]}`;
}

/** `12 A MAIN ST`, but not `12 A ST` or `12 J F KENNEDY ST`. */
function isLetter(words: readonly Word[], at: number, to: number, text: string): boolean {
  if (text.length !== 1 || !/[A-DFGHR]/.test(text) || at + 2 >= to) return false;
  const next = words[at + 1]?.text ?? '';
  const behind = words[at + 2]?.text ?? '';
  if (next === 'AND' || next === 'FRAME') return false;
  if (next.length === 1)
    return DIRECTIONS.has(next) && at + 3 < to && endsInType(words, at + 1, to);
  if (!STREET_TYPES.has(next)) return endsInType(words, at, to);
  // `12 A COURT ST` has a letter, `12 A ST` and `12 A STREET CIR` have a street of it.
  return at + 3 === to && STREET_TYPES.has(behind) && !LETTER_TYPES.has(next);
}

const LETTER_TYPES: ReadonlySet<string> = new Set('ST STREET AVE AVENUE RD ROAD AV STR'.split(' '));

function endsInType(words: readonly Word[], at: number, to: number): boolean {
  for (let i = at + 2; i < to; i++) {
    const word = words[i];
    if (word === undefined || word.apart) return false;
    if (STREET_TYPES.has(word.text) || /^\d/.test(word.text)) return true;
  }
  return false;
}

const COUNTED: ReadonlySet<string> = new Set(
  'MILE ACRE ROD NOTCH BAR TREE HORSE MAN BIT POINT FORTY FIFTY BROOK CORNER ISLAND IRON'.split(
    ' ',
  ),
);

/** `ONE MAIN ST`; what counts something, as `TEN MILE RD` and `SEVEN OAKS LN`, is a name. */
function readWords(
  words: readonly Word[],
  at: number,
  to: number,
  word: string,
): HouseNumber | null {
  const hundreds = NUMBER_WORDS.get(word);
  if (
    hundreds !== undefined &&
    words[at + 1]?.text === 'HUNDRED' &&
    endsInType(words, at + 1, to)
  ) {
    return { number: String(100 * hundreds), suffix: '', next: at + 2, grid: false };
  }
  const ten = TENS_WORDS.get(word);
  const one = NUMBER_WORDS.get(ten === undefined ? word : (words[at + 1]?.text ?? ''));
  if (ten === undefined && one === undefined) return null;
  const both = ten !== undefined && one !== undefined && one < 10;
  const next = at + (both ? 2 : 1);
  const name = words[next]?.text ?? '';
  if (next + 1 >= to || STREET_TYPES.has(name)) return null;
  if (COUNTED.has(name) || (name.endsWith('S') && !DIRECTIONS.has(name))) return null;
  if (!endsInType(words, next - 1, to)) return null;
  return {
    number: String((ten ?? 0) + (ten === undefined || both ? (one ?? 0) : 0)),
    suffix: '',
    next,
    grid: false,
  };
}
