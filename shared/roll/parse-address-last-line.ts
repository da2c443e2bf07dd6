import type { Word } from './parse-address-words.ts';
import { shortState } from './state-words.ts';
import { ARTICLES, type StreetParts } from './parse-address-street.ts';
import { DIRECTIONS, PLAIN_TYPES, STREET_TYPES, UNIT_WORDS } from './street-words.ts';

const ZIP = /^\d{5}(?:-\d{4})?$/;
const FOUR = /^\d{4}$/;

/**
 * Where the state and the zip at the end of a line start: the number of words before them. A word
 * such as `CT` or `NE` is a state only where a street is complete before it, a number of five
 * digits a zip only behind a word.
 */
export function cutLastLine(words: readonly Word[]): number {
  let to = words.length;
  if (to > 3 && (words[to - 1]?.text === 'USA' || words[to - 1]?.text === 'US')) to--;
  const zip = countZip(words, to);
  const state = countState(words, to - zip, zip > 0);
  if (state > 0) return to - zip - state;
  if (zip === 0) return words[to]?.text === 'USA' ? to : words.length;
  return isBareZip(words, to - zip) ? to - zip : words.length;
}

function countZip(words: readonly Word[], to: number): number {
  const last = words[to - 1]?.text ?? '';
  if (to < 2 || last.length < 4) return 0;
  if (ZIP.test(last)) return 1;
  return FOUR.test(last) && to > 3 && /^\d{5}$/.test(words[to - 2]?.text ?? '') ? 2 : 0;
}

function countState(words: readonly Word[], to: number, zip: boolean): number {
  const last = words[to - 1]?.text ?? '';
  if (to < 2 || words[to - 2]?.text === '#') return 0;
  if (to > 2 && last.length > 4 && shortState(`${words[to - 2]?.text} ${last}`) !== undefined) {
    return zip || words[to - 2]?.apart === true || isComplete(words, to - 2) ? 2 : 0;
  }
  if (shortState(last) === undefined) return 0;
  // `TOP FL` and `2ND FL` are floors.
  if (last === 'FL' && !zip && isFloor(words[to - 2]?.text ?? '')) return 0;
  const own = words[to - 1]?.apart === true;
  const either = STREET_TYPES.has(last) || DIRECTIONS.has(last);
  if (own && (zip || to === words.length)) return last.length === 2 || zip ? 1 : 0;
  if (!either && !zip && endsStreet(words, to - 1)) return 1;
  if (either || !zip) return isComplete(words, to - 1) ? 1 : 0;
  return 1;
}

function isFloor(word: string): boolean {
  return /^(?:TOP|GROUND|GRND|MAIN|MIDDLE|\d+(?:ST|ND|RD|TH))$/.test(word);
}

/** `12 MAIN ST NC`: number, name and a plain type, and then nothing but a state's two letters. */
function endsStreet(words: readonly Word[], to: number): boolean {
  if (to < 3 || words[to]?.text.length !== 2 || !/^\d/.test(words[0]?.text ?? '')) return false;
  return PLAIN_TYPES.has(STREET_TYPES.get(words[to - 1]?.text ?? '') ?? '');
}

/** A street has ended before a word and a town stands between. */
function isComplete(words: readonly Word[], to: number): boolean {
  for (let i = 2; i + 1 < to; i++) {
    const word = words[i];
    if (word === undefined) return false;
    if (word.apart) return true;
    if (PLAIN_TYPES.has(STREET_TYPES.get(word.text) ?? ''))
      return !DIRECTIONS.has(words[to - 1]?.text ?? '');
  }
  return false;
}

function isBareZip(words: readonly Word[], at: number): boolean {
  if (words[at]?.apart === true) return true;
  const before = words[at - 1]?.text ?? '';
  if (at < 3 || /\d/.test(before) || before === '#' || before === 'BOX') return false;
  if (UNIT_WORDS.has(before) || DIRECTIONS.has(before)) return false;
  const type = STREET_TYPES.get(before);
  return type !== 'RTE' && type !== 'HWY';
}

/** Names of streets that have no type, behind which a town may start. */
const WHOLE: ReadonlySet<string> = new Set(
  'BROADWAY BOWERY ESPLANADE BOARDWALK EMBARCADERO PROMENADE'.split(' '),
);

/**
 * Where a street ends in words that go on with a town, when there is no comma between: behind its
 * first type, and a direction in short form. `to` where nothing says it.
 */
export function findTown(words: readonly Word[], from: number, to: number): number {
  for (let i = from + 1; i < to; i++) {
    const type = STREET_TYPES.get(words[i]?.text ?? '');
    if (type === undefined || !PLAIN_TYPES.has(type)) continue;
    if (words[i]?.text === 'ST' && isSaint(words, i, to)) continue;
    let end = i + 1;
    while (end < to && PLAIN_TYPES.has(STREET_TYPES.get(words[end]?.text ?? '') ?? '')) {
      if (words[end]?.text === 'ST' && end + 1 < to) break;
      end++;
    }
    const direction = words[end]?.text ?? '';
    const stays = DIRECTIONS.has(direction) && (direction.length < 3 || end + 1 === to);
    return end < to && stays ? end + 1 : end;
  }
  for (let i = from; i < to; i++) if (WHOLE.has(words[i]?.text ?? '')) return i + 1;
  return to;
}

/** Types that end a street, whatever stands behind them. */
const ENDS: ReadonlySet<string> = new Set('ST AVE RD DR LN BLVD CT PL CIR TER'.split(' '));
/** What comes before a saint rather than being a street's whole name: `LAKE ST CLAIR`, `RUE ST LOUIS`. */
const BEFORE_SAINT: ReadonlySet<string> = new Set(
  'LAKE PORT POINT CAPE ISLE ILE BAY BAYOU MOUNT MT FORT FT OLD NEW RUE CALLE VIA VILLA CHATEAU'.split(
    ' ',
  ),
);

/**
 * Where a street with a name and a type ends although no comma parts it from the words behind, none
 * of which can be of a street or a unit: `12 MAIN ST CHARLOTTE`. `to` where nothing says it.
 */
export function findTownBehind(
  words: readonly Word[],
  from: number,
  to: number,
  { predir, postdir, highway }: Pick<StreetParts, 'predir' | 'postdir' | 'highway'>,
): number {
  if (highway || postdir !== '') return to;
  const first = from + (predir === '' ? 0 : 1);
  for (let at = first + 1; at + 1 < to && at < first + 4; at++) {
    const word = words[at]?.text ?? '';
    if (!ENDS.has(STREET_TYPES.get(word) ?? '')) continue;
    const before = words[at - 1]?.text ?? '';
    const start = words[first]?.text ?? '';
    const saint = start === 'ST' && at > first + 1;
    const named =
      !ARTICLES.has(before) && (saint || !PLAIN_TYPES.has(STREET_TYPES.get(start) ?? ''));
    if (!named || (word === 'ST' && BEFORE_SAINT.has(before))) return to;
    const tail = words.slice(at + 1, to).map(({ text }) => text);
    const begun = tail.length > 1 && TOWN_STARTS.has(tail[0] ?? '') ? 1 : 0;
    return tail.length < 4 && tail.slice(begun).every(isTownWord) ? at + 1 : to;
  }
  return to;
}

/** With these the name of a town begins as often as a street's ends. */
const TOWN_STARTS: ReadonlySet<string> = new Set(
  'EAST WEST NORTH SOUTH NEW OLD SAN SANTA LOS LAS EL LA ST FORT FT PORT MT LAKE'.split(' '),
);

function isTownWord(word: string): boolean {
  const known = STREET_TYPES.has(word) || DIRECTIONS.has(word) || UNIT_WORDS.has(word);
  return word.length > 3 && !/\d/.test(word) && !known && !LINKS.has(word);
}

/** Words of a name that goes on: `MAIN ST AND ELM`. */
const LINKS: ReadonlySet<string> = new Set([
  'AND',
  'THE',
  'EXTENDED',
  'REAR',
  'HALL',
  'DORM',
  'WING',
]);

/** `LAKE ST CATHERINE DR`: another type follows, not at once. */
function isSaint(words: readonly Word[], at: number, to: number): boolean {
  for (let i = at + 2; i < to && i < at + 4; i++) {
    const word = words[i]?.text ?? '';
    if (word !== 'ST' && PLAIN_TYPES.has(STREET_TYPES.get(word) ?? '')) return true;
  }
  return false;
}
