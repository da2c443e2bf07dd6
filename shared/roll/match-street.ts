import { editDistance } from './edit-distance.ts';
import { PENALTIES } from './match-penalties.ts';
import type { NormalStreet } from './normalise-address.ts';
import { DIRECTIONS } from './street-words.ts';

/** A street of the list, with its letters counted beforehand: see lettersOf. */
export interface KnownStreet {
  readonly street: NormalStreet;
  readonly letters: number;
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
  const letters = lettersOf(asked.name);
  for (const of of streets) {
    // An edit takes away one letter and brings another at most: cheaper to ask than the distance.
    if (countBits(letters ^ of.letters) > 5) continue;
    const penalty = compareStreets(asked, of.street);
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
  const direction = compareDirections(a, b);
  if (direction === null) return null;
  const { missingType, otherType } = PENALTIES;
  const type = a.type === b.type ? 0 : a.type === '' || b.type === '' ? missingType : otherType;
  const name = compareNames(a.name, b.name);
  return name === null ? null : name + type + direction;
}

function compareDirections(a: NormalStreet, b: NormalStreet): number | null {
  if (a.pre === b.pre && a.post === b.post) return 0;
  if (a.pre === b.post && a.post === b.pre) return PENALTIES.turnedDirection;
  const pre = a.pre === b.pre || a.pre === '' || b.pre === '';
  const post = a.post === b.post || a.post === '' || b.post === '';
  return pre && post ? PENALTIES.missingDirection : null;
}

function compareNames(a: string, b: string): number | null {
  if (a === b) return 0;
  const [x, y] = [a.replaceAll(' ', ''), b.replaceAll(' ', '')];
  if (x === y) return PENALTIES.spacing;
  const direction = DIRECTIONS.get(x);
  if (direction !== undefined && direction === DIRECTIONS.get(y)) return PENALTIES.directionAsName;
  if (/\d/.test(x) || /\d/.test(y)) return compareHighways(a, b);
  const length = Math.min(x.length, y.length);
  const limit = length >= 8 ? 2 : length >= 4 ? 1 : 0;
  const distance = limit === 0 ? 1 : editDistance(x, y, limit);
  if (distance > limit) return null;
  const each = limit === 2 ? PENALTIES.letter : PENALTIES.letterOfShort;
  return each * distance + (x[0] === y[0] ? 0 : PENALTIES.firstLetter);
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

/** Which letters a name has, a bit a letter. */
export function lettersOf(name: string): number {
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
