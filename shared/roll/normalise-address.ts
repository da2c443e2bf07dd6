import {
  DIRECTIONS,
  NAMED_UNIT_WORDS,
  ORDINALS,
  PLAIN_UNIT_WORDS,
  STREET_TYPES,
} from './street-words.ts';

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

/** Capital letters A to Z without accents. */
function plain(text: string): string {
  const upper = text.toUpperCase();
  // Most cells are ASCII, and normalize costs ten times what this test does.
  return /[^\0-\x7f]/.test(upper) ? upper.normalize('NFD').replace(/\p{M}/gu, '') : upper;
}

/**
 * A street's name with types and directions in the post's short forms, Saint spelled out, ordinals
 * as digits, without points and accents. `Saint Anne Street`, `ST. ANNE ST` are one. Idempotent.
 */
export function normaliseStreet(text: string): NormalStreet {
  const tokens = joinOrdinals(
    plain(text)
      .replace(/['’`.]/g, '')
      .replace(/&/g, ' AND ')
      .replace(/[^A-Z0-9]+/g, ' ')
      .trim()
      .split(' ')
      .filter((token) => token !== ''),
  );
  const last = tokens.at(-1) ?? '';
  const before = tokens.length - 1;
  let post = '';
  if (
    DIRECTIONS.has(last) &&
    (before >= 2 || (before === 1 && !STREET_TYPES.has(tokens[0] ?? '')))
  ) {
    post = DIRECTIONS.get(last) ?? '';
    tokens.pop();
  }
  const end = STREET_TYPES.get(tokens.at(-1) ?? '');
  let type = '';
  if (end !== undefined && tokens.length >= 2) {
    type = end;
    tokens.pop();
  }
  const first = DIRECTIONS.get(tokens[0] ?? '');
  let pre = '';
  if (first !== undefined && tokens.length >= 2) {
    pre = first;
    tokens.shift();
  }
  const name = tokens.map((token, i) => nameToken(tokens, token, i, type !== '')).join(' ');
  return { pre, name, type, post, key: [pre, name, type, post].filter(Boolean).join(' ') };
}

/** One word of a name: Saint, Mount and Fort in one spelling; types where they act as types. */
function nameToken(tokens: readonly string[], token: string, i: number, typed: boolean): string {
  const type = STREET_TYPES.get(token);
  const next = tokens[i + 1];
  if (next !== undefined && /^\d/.test(next)) {
    if (type === 'HWY' || type === 'RTE') return 'RTE';
    if (type !== undefined && type !== 'ST') return type;
  }
  // However it is spelt: `ST RT`, `STR RTE`. Else a second reading would find what the first wrote.
  if (type === 'ST' && next !== undefined && STREET_TYPES.get(next) === 'RTE') return 'STATE';
  const onlyTypesFollow = tokens.slice(i + 1).every((word) => STREET_TYPES.has(word));
  if (type !== undefined && typed && i >= 1 && onlyTypesFollow) return type;
  if (token === 'ST') return 'SAINT';
  if (token === 'MOUNT') return 'MT';
  if (token === 'FORT') return 'FT';
  return token;
}

const TENS: Readonly<Record<string, number>> = {
  TWENTY: 20,
  THIRTY: 30,
  FORTY: 40,
  FIFTY: 50,
  SIXTY: 60,
  SEVENTY: 70,
  EIGHTY: 80,
  NINETY: 90,
};

function joinOrdinals(tokens: readonly string[]): string[] {
  const joined: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] ?? '';
    const tens = TENS[token];
    const unit = ORDINALS.get(tokens[i + 1] ?? '');
    if (tens !== undefined && unit !== undefined && unit.length === 3) {
      joined.push(`${tens + Number(unit[0])}${unit.slice(1)}`);
      i++;
    } else joined.push(ORDINALS.get(token) ?? token);
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
  const text = plain(`${number} ${half}`.replace(/[½¼¾]/g, (sign) => FRACTIONS[sign] ?? ''))
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

/**
 * A unit in one spelling: `Apt 3-A`, `#3a`, `UNIT 3 A` are `3A`; `Lot 7` stays another than `7`;
 * two numbers or two words keep a dash between them. Empty for a building of one dwelling. Idempotent.
 */
export function normaliseUnit(unit: string, unitType = ''): string {
  if (unit === '' && unitType === '') return '';
  const words = plain(`${unitType} ${unit}`)
    .replace(/[^A-Z0-9]+/g, ' ')
    .replace(/(^| )(LOT|PH|FL|RM|STE|APT|UNIT|BLDG)(?=\d)/g, '$1$2 ')
    .trim()
    .split(' ')
    .filter((word) => word !== '' && !PLAIN_UNIT_WORDS.has(word));
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
    NAMED_UNIT_WORDS.has(type.toUpperCase()) && !plain(text).startsWith(type.toUpperCase());
  const whole = named ? `${type} ${text}` : text;
  return whole
    .replace(/^(?:apartment|apt|unit|number|no)\b\.?\s*#?\s*(?=\S)/i, '')
    .replace(/\s+/g, ' ')
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
