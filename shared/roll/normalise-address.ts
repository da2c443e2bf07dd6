import { plainLetters } from '../model/unit-name.ts';
import { ARTICLES, joinOrdinal, readStreet, type StreetParts } from './parse-address-street.ts';
import { splitWords, toCapitals } from './parse-address-words.ts';
import { shortState } from './state-words.ts';
import { ordinal, ORDINALS, STREET_TYPES, TYPES_IN_FULL } from './street-words.ts';

/** A street's name in the form in which all its spellings are one. */
export interface NormalStreet {
  /** Direction before the name: N, SW … or empty. */
  readonly pre: string;
  readonly name: string;
  /** The post's short form, or empty. */
  readonly type: string;
  readonly post: string;
  /** All of it in one string; equal streets have equal keys. */
  readonly key: string;
}

const FRACTIONS: Readonly<Record<string, string>> = { '½': ' 1/2', '¼': ' 1/4', '¾': ' 3/4' };

const DECIMALS: Readonly<Record<string, string>> = { 5: '1/2', 25: '1/4', 75: '3/4' };

/**
 * A street's name with types and directions in the post's short forms, Saint spelled out, ordinals
 * as digits, without points and accents. `Saint Anne Street`, `ST. ANNE ST` are one. Idempotent.
 */
export function normaliseStreet(text: string): NormalStreet {
  const words: string[] = [];
  for (const { text: word } of splitWords(toCapitals(text))) {
    if (word === '#' || word === 'C/O') continue;
    if (/[-/]/.test(word)) words.push(...word.split(/[-/]/));
    else words.push(word);
  }
  const road = splitRoad(words);
  const street = readStreet(joinOrdinals(road));
  const { predir: pre, postdir: post, highway } = street;
  const { name: named, type } = foldArticle(street);
  const name = (highway ? foldRoad(named) : foldName(named, type)).join(' ');
  return { pre, name, type, post, key: [pre, name, type, post].filter(Boolean).join(' ') };
}

const GLUED_ROAD = /^(US|I|IH|SR|SH|CR|CTH|STH|FM|RM|HWY|RTE|RT)(\d+[A-Z]?)$/;

/** `US9` is two words. */
function splitRoad(words: readonly string[]): string[] {
  const parts = GLUED_ROAD.exec(words[0] ?? '');
  return parts === null ? [...words] : [parts[1] ?? '', parts[2] ?? '', ...words.slice(1)];
}

/** A numbered road: routes and highways of one number are one, and so are the state's roads. */
function foldRoad(name: readonly string[]): string[] {
  return name.map((word, i) => {
    const short = STREET_TYPES.get(word);
    // CO by itself is a county's.
    if (word === 'CO') return 'COLORADO';
    if (short !== 'HWY' && short !== 'RTE' && short !== 'RD') return word;
    return short === 'HWY' || name[i - 1] === 'STATE' ? 'RTE' : short;
  });
}

/** `THE LANE` has no type in print, and is `THE LN` all the same. */
function foldArticle({ name, type }: StreetParts): Pick<StreetParts, 'name' | 'type'> {
  const [first = '', second = '', ...others] = name;
  const short = others.length === 0 && type === '' ? STREET_TYPES.get(second) : undefined;
  return short === undefined || !ARTICLES.has(first)
    ? { name, type }
    : { name: [first], type: short };
}

function foldName(named: readonly string[], type: string): string[] {
  const name = foldKing(named);
  const [only = ''] = name;
  if (name.length === 1 && type !== '' && /^[1-9]\d{0,2}$/.test(only)) {
    return [ordinal(Number(only))];
  }
  return name.map((word, i) => foldWord(name, word, i, type !== ''));
}

/** Martin Luther King has more spellings than anybody else on street signs. */
function foldKing(name: readonly string[]): readonly string[] {
  const found = KING.exec(name.join(' '));
  return found === null ? name : ['MARTIN', 'LUTHER', 'KING', 'JR'];
}

const KING =
  /^(?:(?:REV(?:EREND)? )?(?:DR|DOCTOR) )?(?:MARTIN L(?:UTHER)? KING|M ?L ?K(?:ING)?)(?: JR| JUNIOR)?$/;

/** One word of a name: Saint, Mount and Fort in one spelling; types where they act as types. */
function foldWord(name: readonly string[], word: string, i: number, typed: boolean): string {
  const type = STREET_TYPES.get(word);
  const next = name[i + 1];
  if (next !== undefined && /^\d/.test(next)) {
    if (type === 'HWY' || type === 'RTE') return 'RTE';
    // `MT 12` would be Montana's.
    if (type !== undefined && shortState(type) !== undefined) {
      return TYPES_IN_FULL.get(type) ?? word;
    }
    if (type !== undefined && type !== 'ST') return type;
  }
  // However it is spelt: `ST RT`, `STR RTE`. Else a second reading would find what the first wrote.
  if (type === 'ST' && next !== undefined && STREET_TYPES.get(next) === 'RTE') return 'STATE';
  const onlyTypesFollow = name.slice(i + 1).every((other) => STREET_TYPES.has(other));
  if (type !== undefined && typed && i >= 1 && onlyTypesFollow) return type;
  if (word === 'ST') return 'SAINT';
  if (word === 'MOUNT') return 'MT';
  if (word === 'FORT') return 'FT';
  if (type === 'AVE' && i === 0 && (next?.length === 1 || next === 'OF')) return 'AVENUE';
  return word;
}

function joinOrdinals(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const both = joinOrdinal(word, words[i + 1] ?? '');
    if (both !== null) i++;
    joined.push(both ?? ORDINALS.get(word) ?? word);
  }
  return joined;
}

/**
 * A house number in one spelling: `0012` is `12`, `289-A` and `289 a` are `289A`, `128½` is
 * `128 1/2`; ranges such as `12-34` stay. `half` is what files keep in a column of its own.
 * Idempotent on its own result.
 */
export function normaliseNumber(number: string, half = ''): string {
  if (half === '' && /^[1-9]\d*$/.test(number)) return number;
  const text = plainLetters(`${number} ${half}`.replace(/[½¼¾]/g, (sign) => FRACTIONS[sign] ?? ''))
    .replace(
      /(\d)\.(5|25|75)0?(?!\d)/,
      (_, digit: string, part: string) => `${digit} ${DECIMALS[part]}`,
    )
    .replace(/[^A-Z0-9/ -]/g, '')
    .replace(/\s*-\s*/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
  return text
    .replace(/^0+(?=\d)/, '')
    .replace(/-?(\d\/\d)$/, (_, fraction: string, at: number) =>
      at === 0 ? fraction : ` ${fraction}`,
    )
    .replace(/ {2,}/g, ' ')
    .replace(/^(\d+)[ -]([A-Z])$/, '$1$2')
    .trim();
}

/** Five digits, with the leading zeros that a spreadsheet has taken; empty when there is no zip. */
export function normaliseZip(zip: string): string {
  if (/^\d{5}$/.test(zip)) return zip;
  const digits = /\d+/.exec(zip.trim())?.[0] ?? '';
  if (digits === '' || digits.length > 9) return '';
  // Nine digits without a dash; eight when the zero went: the last four are the extension.
  const five = digits.length > 5 ? digits.slice(0, -4) : digits;
  return five.padStart(5, '0');
}

/** The key under which all spellings of a number and a street meet. Both come normalised. */
export function addressKey(numberKey: string, streetKey: string): string {
  return `${numberKey}|${streetKey}`;
}
