import { STATE_STARTS, shortState } from './state-words.ts';
import { DIRECTIONS, STREET_TYPES } from './street-words.ts';

/** A numbered road, its words written out as Publication 28 (appendix F) has them. */
export interface Highway {
  readonly name: string[];
  /** `BYP`, `LOOP` or `RD` of a frontage road; or empty. */
  readonly type: string;
  /** The first word that is not part of it. */
  readonly next: number;
}

const BEFORE: ReadonlyMap<string, string> = new Map([
  ['OLD', 'OLD'],
  ['NEW', 'NEW'],
  ['BUSINESS', 'BUSINESS'],
  ['BUS', 'BUSINESS'],
  ['ALTERNATE', 'ALTERNATE'],
  ['ALT', 'ALTERNATE'],
  ['TRUCK', 'TRUCK'],
]);

const AFTER: ReadonlyMap<string, string> = new Map([
  ['BUSINESS', 'BUSINESS'],
  ['BUS', 'BUSINESS'],
  ['ALTERNATE', 'ALTERNATE'],
  ['ALT', 'ALTERNATE'],
  ['TRUCK', 'TRUCK'],
  ['SCENIC', 'SCENIC'],
  ['FRONTAGE', 'FRONTAGE'],
  ['FRONT', 'FRONTAGE'],
  ['FRNTG', 'FRONTAGE'],
  ['SERVICE', 'SERVICE'],
  ['ACCESS', 'ACCESS'],
]);

/** What owns a numbered road; each stands before a road, a route or a highway. */
const OWNERS: ReadonlyMap<string, string> = new Map([
  ['STATE', 'STATE'],
  ['ST', 'STATE'],
  ['COUNTY', 'COUNTY'],
  ['CO', 'COUNTY'],
  ['CNTY', 'COUNTY'],
  ['CTY', 'COUNTY'],
  ['TOWNSHIP', 'TOWNSHIP'],
  ['TWP', 'TOWNSHIP'],
  ['TOWN', 'TOWN'],
  ['RANCH', 'RANCH'],
  ['PARISH', 'PARISH'],
  ['FOREST', 'FOREST'],
  ['PRIVATE', 'PRIVATE'],
  ['PVT', 'PRIVATE'],
  ['INDIAN', 'INDIAN'],
  ['NAVAJO', 'NAVAJO'],
  ['BIA', 'BIA'],
  ['SECONDARY', 'SECONDARY'],
  ['FEDERAL', 'FEDERAL'],
]);

/** Letters that stand for the whole of it. */
const SHORT_ROADS: ReadonlyMap<string, readonly string[]> = new Map([
  ['CR', ['COUNTY', 'ROAD']],
  ['CH', ['COUNTY', 'HIGHWAY']],
  ['CTH', ['COUNTY', 'HIGHWAY']],
  ['SH', ['STATE', 'HIGHWAY']],
  ['STH', ['STATE', 'HIGHWAY']],
  ['SR', ['STATE', 'ROAD']],
  ['TR', ['TOWNSHIP', 'ROAD']],
  ['TSR', ['TOWNSHIP', 'ROAD']],
  ['TH', ['TOWN', 'HIGHWAY']],
  ['PR', ['PRIVATE', 'ROAD']],
  ['RR', ['RANCH', 'ROAD']],
  ['FM', ['FM']],
  ['RM', ['RM']],
  ['I', ['INTERSTATE']],
  ['IH', ['INTERSTATE']],
  ['INTERSTATE', ['INTERSTATE']],
  ['M', ['M']],
  ['K', ['K']],
]);

const ROADS: ReadonlyMap<string, string> = new Map([
  ['HWY', 'HIGHWAY'],
  ['RTE', 'ROUTE'],
  ['RD', 'ROAD'],
]);
const BARE_ROADS: ReadonlyMap<string, string> = new Map([
  ...ROADS,
  ['EXPY', 'EXPRESSWAY'],
  ['LOOP', 'LOOP'],
  ['SPUR', 'SPUR'],
]);
const TAILS: ReadonlySet<string> = new Set(['BYP', 'LOOP', 'SPUR', 'EXT']);

const DIGITS = /^(?:\d+[A-Z]{0,2}|A1A)$/;
/** County roads of California and Indiana: `COUNTY ROAD A12`. */
const LETTER_FIRST = /^[A-Z]\d{1,3}$/;
const ORDINAL = /^\d+(?:ST|ND|RD|TH)$/;

function isRoadNumber(word: string | undefined): boolean {
  return word !== undefined && DIGITS.test(word) && !ORDINAL.test(word);
}

/** `COUNTY ROAD A`, `STATE ROUTE MM`; a direction only behind `county highway`. */
function isRoadLetter(words: readonly string[], at: number, road: readonly string[]): boolean {
  const word = words[at] ?? '';
  if (!/^[A-Z]{1,2}$/.test(word)) return false;
  if (road.at(-1) === 'ROAD' && road[0] !== 'COUNTY' && road[0] !== 'STATE') return false;
  if (road.length < 2 && !LETTERED.has(road[0] ?? '')) return false;
  if (word.length === 2) {
    const twice = word[0] === word[1];
    return twice || (road[0] === 'COUNTY' && at === words.length - 1 && !isName(word));
  }
  const next = words[at + 1] ?? '';
  if (!DIRECTIONS.has(word)) return next !== 'SAINT' && !STREET_TYPES.has(next);
  return road[0] === 'COUNTY' && road[1] !== 'ROAD';
}

const LETTERED: ReadonlySet<string> = new Set(['HIGHWAY', 'ROUTE']);

function isName(word: string): boolean {
  return STREET_TYPES.has(word) || DIRECTIONS.has(word);
}

/** The numbered road that starts at a word; null where none does. */
export function readHighway(words: readonly string[], from: number): Highway | null {
  if (!STARTS.has(words[from] ?? '')) return null;
  let at = from;
  const name: string[] = [];
  for (let before; (before = BEFORE.get(words[at] ?? '')) !== undefined; at++) name.push(before);
  // `ALT 19` is what Florida calls its other US 19.
  const alone = at === from + 1 && name[0] === 'ALTERNATE' && isRoadNumber(words[at]);
  if (alone) return readTail(words, at + 1, ['ALTERNATE', 'US', 'HIGHWAY', words[at] ?? '']);
  const kind = readClass(words, at);
  if (kind === null) return null;
  const { road } = kind;
  at = kind.next;
  // `US ALT 19`
  if (road[0] === 'US' && BEFORE.get(words[at] ?? '') === 'ALTERNATE') {
    name.push('ALTERNATE');
    at++;
  }
  if (words[at] === '#' || words[at] === 'NO' || words[at] === 'NUMBER') at++;
  const number = words[at] ?? '';
  if (!isRoadNumber(number) && !(road[0] === 'COUNTY' && LETTER_FIRST.test(number))) {
    if (!isRoadLetter(words, at, road)) return null;
    // The post has a road by its number and a route by its letters.
    if (kind.short === 'SR') road[1] = 'ROUTE';
  }
  at++;
  name.push(...road, number);
  if (/^\d\/\d$/.test(words[at] ?? '')) name.push(words[at++] ?? '');
  return readTail(words, at, name);
}

function readTail(words: readonly string[], from: number, name: string[]): Highway {
  let at = from;
  for (let after; (after = AFTER.get(words[at] ?? '')) !== undefined; at++) {
    if (
      after === 'FRONTAGE' &&
      words[at] === 'FRONT' &&
      STREET_TYPES.get(words[at + 1] ?? '') !== 'RD'
    ) {
      break;
    }
    name.push(after);
  }
  const tail = STREET_TYPES.get(words[at] ?? '') ?? '';
  const road = STREET_TYPES.get(words[at + 1] ?? '') === 'RD';
  if (TAILS.has(tail)) {
    if (!road) return { name, type: tail, next: at + 1 };
    name.push(tail === 'BYP' ? 'BYPASS' : tail === 'EXT' ? 'EXTENSION' : tail);
    return { name, type: 'RD', next: at + 2 };
  }
  if (at > from && tail === 'RD') return { name, type: 'RD', next: at + 1 };
  return { name, type: '', next: at };
}

interface RoadClass {
  readonly road: string[];
  readonly next: number;
  readonly short: string;
}

function readClass(words: readonly string[], from: number): RoadClass | null {
  const state = readState(words, from);
  if (state !== null) {
    const inner = isRoadNumber(words[state.next]) ? null : readOwned(words, state.next);
    const road = inner?.road ?? ['HIGHWAY'];
    if (inner === null && !isRoadNumber(words[state.next])) return readOwned(words, from);
    if (road[0] === 'INTERSTATE' || road[0] === 'US') return null;
    return {
      road: [state.short, ...road],
      next: inner?.next ?? state.next,
      short: inner?.short ?? '',
    };
  }
  return readOwned(words, from);
}

function readOwned(words: readonly string[], from: number): RoadClass | null {
  const word = words[from] ?? '';
  const us = countUs(words, from);
  if (us > 0) {
    const kind = ROADS.get(STREET_TYPES.get(words[from + us] ?? '') ?? '');
    const next = from + us + (kind === undefined ? 0 : 1);
    return { road: ['US', kind ?? 'HIGHWAY'], next, short: '' };
  }
  const market = countMarket(words, from);
  if (market > 0) {
    const extra = STREET_TYPES.get(words[from + market] ?? '') === 'RD' ? 1 : 0;
    return { road: [word.startsWith('R') ? 'RM' : 'FM'], next: from + market + extra, short: '' };
  }
  // `S R 15`, `C R 12`.
  const apart = words[from + 1] === 'R' && isRoadNumber(words[from + 2]);
  if (apart && word === 'S') return { road: ['STATE', 'ROAD'], next: from + 2, short: 'SR' };
  if (apart && word === 'C') return { road: ['COUNTY', 'ROAD'], next: from + 2, short: 'CR' };
  // Townships of Pennsylvania: `T 345`.
  if (word === 'T' && /^\d{3,4}$/.test(words[from + 1] ?? '') && from + 2 === words.length) {
    return { road: ['TOWNSHIP', 'ROAD'], next: from + 1, short: 'T' };
  }
  const short = SHORT_ROADS.get(word);
  if (short !== undefined) {
    const kind = ROADS.get(STREET_TYPES.get(words[from + 1] ?? '') ?? '');
    const extra = kind !== undefined && short.length === 1 ? 1 : 0;
    return { road: [...short], next: from + 1 + extra, short: word };
  }
  return readPlain(words, from, word);
}

function readPlain(words: readonly string[], from: number, word: string): RoadClass | null {
  const owner = OWNERS.get(word);
  if (owner !== undefined) {
    const trunk = BETWEEN.has(words[from + 1] ?? '') ? 1 : 0;
    const kind = ROADS.get(STREET_TYPES.get(words[from + 1 + trunk] ?? '') ?? '');
    if (kind !== undefined) {
      const service = words[from + 1] === 'SERVICE' ? ['SERVICE'] : [];
      return { road: [owner, ...service, kind], next: from + 2 + trunk, short: '' };
    }
    // `COUNTY TRK A`, and the `COUNTY 8` of Minnesota, which is a road.
    if (owner === 'COUNTY' && trunk === 1 && words[from + 1] !== 'SERVICE') {
      return { road: [owner, 'HIGHWAY'], next: from + 2, short: '' };
    }
    if (owner === 'COUNTY' && isRoadNumber(words[from + 1]) && from + 2 === words.length) {
      return { road: [owner, 'ROAD'], next: from + 1, short: '' };
    }
  }
  const kind = BARE_ROADS.get(STREET_TYPES.get(word) ?? '');
  if (kind === undefined) return null;
  // `HIGHWAY US 9` and `HWY FM 1320` say it twice.
  const inner = words[from + 1];
  if (kind === 'HIGHWAY' && (inner === 'US' || inner === 'FM')) return readOwned(words, from + 1);
  return { road: [kind], next: from + 1, short: '' };
}

const BETWEEN: ReadonlySet<string> = new Set(['TRUNK', 'TRK', 'SERVICE']);

function countUs(words: readonly string[], at: number): number {
  if (words[at] === 'US') return 1;
  if (words[at] === 'U' && words[at + 1] === 'S') return 2;
  return words[at] === 'UNITED' && words[at + 1] === 'STATES' ? 2 : 0;
}

function countMarket(words: readonly string[], at: number): number {
  const first = words[at];
  if (first === 'F' && words[at + 1] === 'M' && isRoadNumber(words[at + 2])) return 2;
  if (first !== 'FARM' && first !== 'RANCH') return 0;
  if (words[at + 1] === 'TO' && words[at + 2] === 'MARKET') return 3;
  return words[at + 1] === 'MARKET' ? 2 : 0;
}

function readState(words: readonly string[], at: number): { short: string; next: number } | null {
  const word = words[at] ?? '';
  const one = shortState(word);
  // NE is a direction before it is a state, and the CO of `CO RD 12` a county, MT a mount.
  const next = words[at + 1];
  const road = isRoadNumber(next) || ROADS.has(STREET_TYPES.get(next ?? '') ?? '');
  const other = word === 'NE' || (word === 'CO' && !isRoadNumber(next)) || (word === 'MT' && !road);
  if (one !== undefined && !other) return { short: one, next: at + 1 };
  if (word === 'NYS') return { short: 'NY STATE', next: at + 1 };
  const two = shortState(`${words[at]} ${words[at + 1]}`);
  return two === undefined ? null : { short: two, next: at + 2 };
}

/** Words that a numbered road can start with, so that other streets cost one look. */
const STARTS: ReadonlySet<string> = new Set([
  ...BEFORE.keys(),
  ...OWNERS.keys(),
  ...SHORT_ROADS.keys(),
  ...'US U UNITED F FARM S C T NYS'.split(' '),
  ...STATE_STARTS,
  ...[...STREET_TYPES].filter(([, short]) => BARE_ROADS.has(short)).map(([word]) => word),
]);
