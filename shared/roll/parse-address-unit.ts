import type { Word } from './parse-address-words.ts';
import { DIRECTIONS, ORDINALS, STREET_TYPES, UNIT_WORDS } from './street-words.ts';

/** A unit in the post's short form, and the words it was read from. */
export interface UnitParts {
  readonly type: string;
  readonly unit: string;
  readonly from: number;
  readonly to: number;
}

/** Units that need no name of their own. */
const ALONE: ReadonlySet<string> = new Set('BSMT FRNT LBBY LOWR OFC PH REAR SIDE UPPR'.split(' '));

/** Words that are as often part of a street's name; units only behind the end of one. */
const DOUBTFUL: ReadonlySet<string> = new Set(
  'FRONT SIDE UPPER LOWER OFFICE KEY PIER SLIP STOP SPACE SP HANGAR HANGER NO NUMBER TRAILER BUILDING TOWER TWR CONDO AP LT SITE PMB MH TOWNHOUSE VILLA'.split(
    ' ',
  ),
);

/** Behind these a word may be the unit's name: `APT REAR`. */
const FREE: ReadonlySet<string> = new Set(['APT', 'UNIT', '#', 'STE', 'BLDG', 'RM', 'FL']);

const GLUED = /^(APT|UNIT|STE|RM|LOT|BLDG|TRLR|SPC|FL|PH|BSMT)-?(\d[\dA-Z/-]*)$/;
const LETTERED_PH = /^(PH)-?([A-Z]\d?)$/;
const FLOOR = /^(\d+)(?:ST|ND|RD|TH)?-?(?:FL|FLR|FLOOR)$/;
const FLOOR_NUMBER = /^\d{1,3}(?:ST|ND|RD|TH)?$/;

interface OneUnit {
  readonly type: string;
  readonly unit: string;
  readonly next: number;
}

/**
 * The unit in words `from` to `to`, of which at least `least` are the street's: the first place
 * from which everything to the end is a unit, or where a unit with a number stands. Null for none.
 */
export function findUnit(
  words: readonly Word[],
  from: number,
  to: number,
  open: boolean,
): UnitParts | null {
  for (let at = from; at < to; at++) {
    if (!mayStart(words[at]?.text ?? '', words[at + 1]?.text ?? '')) continue;
    const found = readUnits(words, at, to, open);
    if (found !== null) return found;
  }
  return null;
}

function mayStart(word: string, next: string): boolean {
  if (UNIT_WORDS.has(word)) return true;
  const code = word.charCodeAt(word.length - 1);
  const digit = code >= 48 && code <= 57;
  if (digit && GLUED.test(word)) return true;
  if (UNIT_WORDS.get(next) === 'FL') {
    if (FLOOR_NUMBER.test(word) || ORDINALS.has(word) || FLOORS.has(word)) return true;
  }
  const first = word.charCodeAt(0);
  if (first >= 48 && first <= 57) return FLOOR.test(word);
  return GLUED.test(word) || LETTERED_PH.test(word);
}

/** Everything from a word on as units, `BLDG A APT 12`; `open` lets other words follow. */
export function readUnits(
  words: readonly Word[],
  from: number,
  to: number,
  open: boolean,
): UnitParts | null {
  const first = readUnit(words, from, to, 3);
  if (first === null) return null;
  let { type, unit, next } = first;
  while (next < to) {
    const side = words[next]?.text ?? '';
    if (SIDES.has(side) && unit !== '') {
      unit += ` ${shortName(side)}`;
      next++;
      continue;
    }
    const more = readUnit(words, next, to, 3);
    if (more === null) break;
    const text = `${more.type} ${more.unit}`.trim();
    // `APT # 3` and `UPPER UNIT` say one unit with two words.
    const says = text !== '' && text !== 'UNIT' && text !== 'APT';
    if (says) unit = unit === '' ? text : `${unit} ${text}`;
    next = more.next;
  }
  if (next < to && !open && !(FREE.has(type) && /\d/.test(unit))) return null;
  return { type, unit, from, to: next };
}

/** What tells two units of a floor apart: `1ST FLOOR LEFT`. */
const SIDES: ReadonlySet<string> = new Set(['LEFT', 'RIGHT', 'MIDDLE', 'FRONT', 'FRNT']);

/** One unit at a word, its name of at most `most` words; null where none starts. */
export function readUnit(
  words: readonly Word[],
  at: number,
  to: number,
  most: number,
): OneUnit | null {
  const word = words[at]?.text ?? '';
  const floor = readFloor(words, at, word);
  if (floor !== null) return floor;
  const type = UNIT_WORDS.get(word);
  if (type === undefined) {
    const glued = GLUED.exec(word) ?? (isEnd(words, at) ? LETTERED_PH.exec(word) : null);
    return glued === null ? null : { type: glued[1] ?? '', unit: glued[2] ?? '', next: at + 1 };
  }
  if (DOUBTFUL.has(word) && !isEnd(words, at)) return null;
  let next = at + 1;
  const sign = words[next]?.text;
  // `APT 2ND FL` is a floor.
  if (FREE.has(type) && (ORDINALS.has(sign ?? '') || /^\d+(?:ST|ND|RD|TH)$/.test(sign ?? ''))) {
    const inner = readFloor(words, next, sign ?? '');
    if (inner !== null) return inner;
  }
  if (next + 1 < to && type !== '#' && (sign === '#' || sign === 'NO' || sign === 'NUMBER')) next++;
  const name = readName(words, next, to, most, type);
  if (name !== null) return { type, unit: name.text, next: name.next };
  if (LEVELS.has(words[next]?.text ?? '') && ALONE.has(type)) next++;
  if (ALONE.has(type)) return { type, unit: '', next };
  return (type === '#' || type === 'APT' || type === 'UNIT') && next === to && at > 0
    ? { type: '', unit: '', next }
    : null;
}

/** `UPPER LEVEL`, `LOWER UNIT`. */
const LEVELS: ReadonlySet<string> = new Set([
  'LEVEL',
  'FLAT',
  'UNIT',
  'APT',
  'FL',
  'FLR',
  'FLOOR',
  'HALF',
]);

function readFloor(words: readonly Word[], at: number, word: string): OneUnit | null {
  const next = words[at + 1]?.text ?? '';
  if (UNIT_WORDS.get(next) === 'FL') {
    const number = ORDINALS.get(word) ?? word;
    // In `FL 2 FL` and `5 FL 33101` the word is not what the number counts.
    if (FLOOR_NUMBER.test(number)) return { type: 'FL', unit: digits(number), next: at + 2 };
    if (FLOORS.has(word) && isEnd(words, at)) return { type: 'FL', unit: word, next: at + 2 };
  }
  const glued = FLOOR.exec(word);
  return glued === null ? null : { type: 'FL', unit: glued[1] ?? '', next: at + 1 };
}

const FLOORS: ReadonlySet<string> = new Set(['TOP', 'GROUND', 'GRND', 'MAIN', 'MIDDLE']);

function digits(number: string): string {
  return number.replace(/\D+$/, '');
}

function readName(
  words: readonly Word[],
  from: number,
  to: number,
  most: number,
  type: string,
): { text: string; next: number } | null {
  const first = words[from]?.text ?? '';
  if (from >= to || !isUnitName(first, type, from + 1 === to)) return null;
  let text =
    type === 'FL'
      ? (ORDINALS.get(first) ?? first).replace(/^(\d+)(?:ST|ND|RD|TH)$/, '$1')
      : shortName(first);
  let next = from + 1;
  for (; next < to && next - from < most; next++) {
    const more = words[next];
    if (more === undefined || more.apart) break;
    const other = words[next + 1]?.text ?? '';
    if (more.text === 'AND' && next + 1 < to && isMore(other)) {
      text += ` & ${other}`;
      next++;
      continue;
    }
    if (!isMore(more.text)) break;
    if (readFloor(words, next, more.text) !== null) break;
    const joins = /\d$/.test(text) !== /^\d/.test(more.text);
    text += joins ? more.text : ` ${more.text}`;
  }
  return { text, next };
}

/** `APT BASEMENT` is `APT BSMT`. */
function shortName(word: string): string {
  const short = UNIT_WORDS.get(word) ?? '';
  return ALONE.has(short) ? short : word;
}

function isMore(word: string): boolean {
  return word.length === 1 ? word !== '#' : /^\d[\dA-Z/-]*$/.test(word) && !/^\d{5}$/.test(word);
}

function isUnitName(word: string, type: string, last: boolean): boolean {
  if (word === '#' || word === '') return false;
  if (/\d/.test(word)) return true;
  if (word.length === 1) return true;
  if ((type === '#' || (type === 'FL' && FLOORS.has(word))) && last) return true;
  if (STREET_TYPES.has(word) || DIRECTIONS.has(word))
    return type === 'APT' && ALONE.has(UNIT_WORDS.get(word) ?? '');
  if (word.length <= 3) return !ALONE.has(type) && (last || type !== 'STE');
  return (type === 'APT' || type === 'UNIT' || type === '#') && last;
}

/** Whether a street may end before a word: behind a type, a direction, a number or a comma. */
function isEnd(words: readonly Word[], at: number): boolean {
  const word = words[at];
  const before = words[at - 1];
  if (word === undefined || before === undefined || word.apart) return true;
  return STREET_TYPES.has(before.text) || DIRECTIONS.has(before.text) || /\d/.test(before.text);
}

const BARE = /^(?:\d{1,4}[A-Z]?|\d{1,4}-?[A-Z]|[A-Z]-?\d{1,4}|\d{1,4}-\d{1,4}[A-Z]?|[A-Z])$/;

/** Words that are a unit by themselves, for which the post has no short form. */
export const NAMED_UNITS: ReadonlySet<string> = new Set(
  'STUDIO LEFT RIGHT ATTIC COTTAGE HOUSE HSE TOP MIDDLE UP DN DOWN BACK GARAGE'.split(' '),
);

/** A unit without a word for it: `4B` behind a street or a comma. */
export function isBareUnit(word: string): boolean {
  return BARE.test(word) && !DIRECTIONS.has(word);
}
