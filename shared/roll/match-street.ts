import { editDistance } from './edit-distance.ts';
import { PENALTIES } from './match-penalties.ts';
import type { NormalStreet } from './normalise-address.ts';
import { DIRECTIONS, STREET_TYPES } from './street-words.ts';

/** A street of the list with what comparing asks for each time: see knowStreet. */
export interface KnownStreet {
  readonly street: NormalStreet;
  /** Its name in one piece, with words spelled out. */
  readonly whole: string;
  /** Which letters that has, a bit a letter. */
  readonly letters: number;
}

/** `PT` to `POINT`: names are compared as they are spoken, whatever the post makes of their words. */
const SPELLED_OUT = new Map([
  ['MT', 'MOUNT'],
  ['FT', 'FORT'],
]);
for (const [spelling, short] of STREET_TYPES) {
  if (spelling.length > short.length && !SPELLED_OUT.has(short)) SPELLED_OUT.set(short, spelling);
}

function spellOut(name: string): string {
  return name
    .split(' ')
    .map((word) => SPELLED_OUT.get(word) ?? word)
    .join('');
}

/** A street made ready to be compared with many. */
export function knowStreet(street: NormalStreet): KnownStreet {
  const whole = spellOut(street.name);
  return { street, whole, letters: lettersOf(whole) };
}

export interface StreetCandidate<T> {
  readonly of: T;
  /** 0 is the same street; see PENALTIES. */
  readonly penalty: number;
}

/** A name that costs more is no candidate. */
const MOST = 0.4;

/** The streets that a name may stand for, best first. */
export function matchStreet<T extends KnownStreet>(
  asked: NormalStreet,
  streets: Iterable<T>,
): StreetCandidate<T>[] {
  const found: StreetCandidate<T>[] = [];
  const readings = readAgain(asked);
  for (const of of streets) {
    const penalty = compareReadings(readings, of);
    if (penalty !== null && penalty <= MOST) found.push({ of, penalty });
  }
  return found.sort(
    (a, b) => a.penalty - b.penalty || (a.of.street.key < b.of.street.key ? -1 : 1),
  );
}

/**
 * What the differences of two street names cost, see PENALTIES; null when they are two streets:
 * another direction, other digits, or more letters than a slip changes.
 */
export function compareStreets(a: NormalStreet, b: NormalStreet): number | null {
  return compareReadings(readAgain(a), knowStreet(b));
}

/** One way to read what was written, and what it costs to read it so. */
interface Reading extends KnownStreet {
  readonly cost: number;
}

/** `Mile Point` is Mile of the type Point, or Mile Point that lacks its type; `River Strreet` is River St. */
function readAgain(asked: NormalStreet): readonly Reading[] {
  const first = { ...knowStreet(asked), cost: 0 };
  const { name, type } = asked;
  if (type !== '') {
    return [first, { ...knowStreet({ ...asked, name: `${name} ${type}`, type: '' }), cost: 0 }];
  }
  const words = name.split(' ');
  const last = words.pop() ?? '';
  if (words.length === 0 || last.length < 5) return [first];
  const meant = new Set<string>();
  for (const [spelling, short] of STREET_TYPES) {
    if (spelling.length >= 5 && editDistance(last, spelling, 1) === 1) meant.add(short);
  }
  const others = Array.from(meant, (short) =>
    knowStreet({ ...asked, name: words.join(' '), type: short }),
  );
  return [first, ...others.map((one) => ({ ...one, cost: PENALTIES.letter }))];
}

function compareReadings(readings: readonly Reading[], b: KnownStreet): number | null {
  let least: number | null = null;
  for (const a of readings) {
    // An edit takes away one letter and brings another at most: cheaper to ask than the distance.
    if (countBits(a.letters ^ b.letters) > 5) continue;
    const penalty = compareKnown(a, b);
    if (penalty !== null && (least === null || penalty + a.cost < least)) least = penalty + a.cost;
  }
  return least;
}

function compareKnown(known: KnownStreet, other: KnownStreet): number | null {
  const [a, b] = [known.street, other.street];
  const direction = compareDirections(a, b);
  if (direction === null) return null;
  const { missingType, otherType } = PENALTIES;
  const type = a.type === b.type ? 0 : a.type === '' || b.type === '' ? missingType : otherType;
  const name = compareNames(known, other);
  return name === null ? null : name + type + direction;
}

function compareDirections(a: NormalStreet, b: NormalStreet): number | null {
  if (a.pre === b.pre && a.post === b.post) return 0;
  if (a.pre === b.post && a.post === b.pre) return PENALTIES.turnedDirection;
  const pre = a.pre === b.pre || a.pre === '' || b.pre === '';
  const post = a.post === b.post || a.post === '' || b.post === '';
  return pre && post ? PENALTIES.missingDirection : null;
}

function compareNames(a: KnownStreet, b: KnownStreet): number | null {
  if (a.street.name === b.street.name) return 0;
  const [x, y] = [a.whole, b.whole];
  if (x === y || joined(a) === joined(b)) return PENALTIES.spacing;
  const direction = DIRECTIONS.get(x);
  if (direction !== undefined && direction === DIRECTIONS.get(y)) return PENALTIES.directionAsName;
  const numbered = /\d/.test(x) || /\d/.test(y);
  if (numbered) {
    const highway = compareHighways(a.street.name, b.street.name);
    if (highway !== null) return highway;
    // `Route 7A` is not Route 7: what has a number keeps all of it.
    const numbers = (name: string): string => (name.match(/\d+[A-Z]*/g) ?? []).join(' ');
    if (numbers(x) !== numbers(y)) return null;
  }
  const length = Math.min(x.length, y.length);
  const limit = length >= 8 && !numbered ? 2 : length >= 4 ? 1 : 0;
  const distance = limit === 0 ? 1 : editDistance(x, y, limit);
  if (distance > limit) return null;
  if (numbered && length < 6) return null;
  const each = length >= 8 ? PENALTIES.letter : PENALTIES.letterOfShort;
  return each * distance + (x[0] === y[0] ? 0 : PENALTIES.firstLetter);
}

function joined({ street }: KnownStreet): string {
  return street.name.replaceAll(' ', '');
}

/** A highway may lack the word for whose it is; another number or another owner is another road. */
function compareHighways(a: string, b: string): number | null {
  const [x, y] = [a.split(' '), b.split(' ')];
  const [short, long] = x.length < y.length ? [x, y] : [y, x];
  if (short.length < 2 || short.length === long.length || !/^RTE|HWY|RD$/.test(short[0] ?? '')) {
    return null;
  }
  const same = short.every((word, i) => long[long.length - short.length + i] === word);
  return same ? PENALTIES.highwayWord : null;
}

function lettersOf(name: string): number {
  let bits = 0;
  for (let i = 0; i < name.length; i++) {
    const letter = name.charCodeAt(i) - 65;
    if (letter >= 0 && letter < 26) bits |= 1 << letter;
  }
  return bits;
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}
