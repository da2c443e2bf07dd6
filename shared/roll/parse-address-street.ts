import { readHighway } from './parse-address-highway.ts';
import {
  DIRECTIONS,
  DIRECTIONS_IN_FULL,
  ORDINALS,
  ordinal,
  PLAIN_TYPES,
  SHORT_DIRECTIONS,
  STREET_TYPES,
  TENS_WORDS,
  TYPES_IN_FULL,
} from './street-words.ts';

/** A street in its parts; directions and type in the post's short forms, the name in its words. */
export interface StreetParts {
  readonly predir: string;
  readonly name: readonly string[];
  readonly type: string;
  readonly postdir: string;
  /** A numbered road, whose name is written out already. */
  readonly highway: boolean;
}

/** Words that are no name by themselves, so that what follows them is one: `THE GREEN`, `LA MESA`. */
export const ARTICLES: ReadonlySet<string> = new Set(
  'THE LA LE EL LOS LAS LES DE DEL DES DU AT'.split(' '),
);

/** Words that stand before a name where others have a type behind it. */
export const FIRST_TYPES: ReadonlySet<string> = new Set(
  'CALLE CLL CAMINO CAM VIA AVENIDA AVDA CALLEJON CAMINITO PASEO PASAJE VEREDA CARRETERA CARR RUE PLACITA'.split(
    ' ',
  ),
);

/** Types behind which a letter or a number is the name: `AVENUE E`. */
const LETTERED: ReadonlySet<string> = new Set('AVE AVENUE AV'.split(' '));

/**
 * The parts of a street's words (capitals, without house number and unit) by Publication 28, 232 to
 * 234: from the right a direction, a type, and from the left a direction, as long as a name is left.
 */
export function readStreet(words: readonly string[]): StreetParts {
  const highway = findHighway(words);
  if (highway !== null) return highway;
  let to = words.length;
  const post = readPostdir(words, to);
  to -= post.words;
  const type = readType(words, to);
  if (type !== '') to--;
  const pre = readPredir(words, to, type);
  return finish(words, pre, to, type, post.short);
}

function finish(
  words: readonly string[],
  pre: Direction,
  to: number,
  type: string,
  postdir: string,
): StreetParts {
  // `S PARK`, where nothing but a type would be left of the name, is Park, and of `SOUTH` it is not.
  const only = words[0] ?? '';
  if (
    to === 1 &&
    type !== '' &&
    only.length === 1 &&
    DIRECTIONS.has(only) &&
    !PLAIN_TYPES.has(type)
  ) {
    return { predir: only, name: words.slice(1, 2), type: '', postdir, highway: false };
  }
  const name = words.slice(pre.words, to);
  return { predir: pre.short, name, type, postdir, highway: false };
}

interface Direction {
  readonly short: string;
  readonly words: number;
}

const NOWHERE: Direction = { short: '', words: 0 };

function findHighway(words: readonly string[]): StreetParts | null {
  let predir = '';
  let highway = readHighway(words, 0);
  if (highway === null) {
    const first = words[0] ?? '';
    predir = DIRECTIONS.get(first) ?? SHORT_DIRECTIONS.get(first) ?? '';
    if (predir === '') return null;
    const second = DIRECTIONS.get(words[1] ?? '') ?? '';
    const pair = isPair(predir, second);
    highway = readHighway(words, pair ? 2 : 1);
    if (pair) predir += second;
    if (highway === null) return null;
  }
  const { type, next } = highway;
  const name = highway.name;
  let to = words.length;
  let postdir = '';
  if (next < to) {
    const post = readPostdir(words, to);
    postdir = post.short;
    to -= post.words;
  }
  if (next >= to) return { predir, name, type, postdir, highway: true };
  // `VT ROUTE 133 W TINMOUTH RD`: what stands behind belongs to the name.
  const rest = words.slice(next, to);
  const last = type === '' ? readType(rest, rest.length) : '';
  if (last !== '') rest.pop();
  const inner = type === '' ? [] : [TYPES_IN_FULL.get(type) ?? type];
  return { predir, name: [...name, ...inner, ...rest], type: last, postdir, highway: true };
}

function readPostdir(words: readonly string[], to: number): Direction {
  const short = DIRECTIONS.get(words[to - 1] ?? '');
  if (short === undefined || to < 2) return NOWHERE;
  const before = words[to - 2] ?? '';
  if (to === 2) {
    const named = STREET_TYPES.has(before) || before === 'SAINT';
    return named ? NOWHERE : { short, words: 1 };
  }
  const first = DIRECTIONS.get(before);
  if (to > 3 && first !== undefined && isPair(first, short)) {
    return { short: first + short, words: 2 };
  }
  return { short, words: 1 };
}

/** North or south and then east or west, which are one direction together. */
function isPair(first: string, second: string): boolean {
  return (first === 'N' || first === 'S') && (second === 'E' || second === 'W');
}

function readType(words: readonly string[], to: number): string {
  if (to < 2) return '';
  const type = STREET_TYPES.get(words[to - 1] ?? '');
  if (type === undefined) return '';
  const first = words[0] ?? '';
  if (to === 2 && ARTICLES.has(first)) return '';
  if (PLAIN_TYPES.has(type)) return type;
  const named = FIRST_TYPES.has(first) || (LETTERED.has(first) && words[1] === 'OF');
  return named ? '' : type;
}

function readPredir(words: readonly string[], to: number, type: string): Direction {
  if (to < 2) return NOWHERE;
  const first = words[0] ?? '';
  const second = words[1] ?? '';
  const short = DIRECTIONS.get(first) ?? shortDirection(first, second, to);
  if (short === undefined || LINKS.has(second)) return NOWHERE;
  // `SOUTH ST EXT` is an end of South Street.
  if (to === 2 && type !== '' && PLAIN_TYPES.has(STREET_TYPES.get(second) ?? '')) return NOWHERE;
  const other = DIRECTIONS.get(second);
  if (to > 2 && other !== undefined && isPair(short, other)) {
    return { short: short + other, words: 2 };
  }
  return { short, words: 1 };
}

const LINKS: ReadonlySet<string> = new Set(['AND', 'OF', 'TO', 'BY']);

function shortDirection(word: string, next: string, to: number): string | undefined {
  const saint = next === 'ST' && to > 2;
  if (next === 'NAME' || (STREET_TYPES.has(next) && !saint)) return undefined;
  return SHORT_DIRECTIONS.get(word);
}

/**
 * The name as Publication 28 prints it: what is left of a type or a direction in it is written out
 * (`MAIN STREET EXT`, `BAY WEST DR`), Saint too; an ordinal that is the whole name has digits.
 */
export function nameStreet({ name, type, highway }: StreetParts): string {
  const [first = ''] = name;
  if (name.length === 1) return ORDINALS.get(first) ?? DIRECTIONS_IN_FULL_2.get(first) ?? first;
  if (highway) return name.join(' ');
  if (name.length === 2) {
    const both = joinOrdinal(first, name[1] ?? '');
    if (both !== null) return both;
  }
  const last = name.length - 1;
  let text = '';
  for (let i = 0; i <= last; i++) {
    const word = name[i] ?? '';
    text += `${i === 0 ? '' : ' '}${nameWord(name, word, i, last, type)}`;
  }
  return text;
}

/** A name of one letter may be a letter of the alphabet: `E ST`. */
const DIRECTIONS_IN_FULL_2: ReadonlyMap<string, string> = new Map(
  [...DIRECTIONS_IN_FULL].filter(([short]) => short.length === 2),
);

function nameWord(
  name: readonly string[],
  word: string,
  i: number,
  last: number,
  type: string,
): string {
  if (i === 0) {
    if (word === 'ST' && !/^\d/.test(name[1] ?? '')) return 'SAINT';
    if (LETTERED.has(word) && (last === 1 || name[1] === 'OF') && isLetterName(name[1] ?? '')) {
      return 'AVENUE';
    }
    return word;
  }
  if (i < last) return word === 'ST' && !/^\d/.test(name[i + 1] ?? '') ? 'SAINT' : word;
  if (type === '') return word;
  return TYPES_IN_FULL.get(word) ?? DIRECTIONS_IN_FULL.get(word) ?? word;
}

function isLetterName(word: string): boolean {
  return word.length === 1 || word === 'OF' || /^\d/.test(word);
}

/** `21ST` of `TWENTY` and `FIRST`; null of others. */
export function joinOrdinal(tens: string, ones: string): string | null {
  const ten = TENS_WORDS.get(tens);
  const one = ten === undefined ? undefined : ORDINALS.get(ones);
  if (ten === undefined || one === undefined || one.length !== 3) return null;
  return ordinal(ten + Number(one[0]));
}
