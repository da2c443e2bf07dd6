import { cutLastLine, findTown, findTownBehind } from './parse-address-last-line.ts';
import { readHighway } from './parse-address-highway.ts';
import { AREAS, EARLY, findMain, namesOf, nextComma } from './parse-address-main.ts';
import { type HouseNumber, readFraction, readNumber } from './parse-address-number.ts';
import { type PostalAddress, readNone, readPostal } from './parse-address-postal.ts';
import { readStreet, type StreetParts } from './parse-address-street.ts';
import {
  findUnit,
  isBareUnit,
  NAMED_UNITS,
  readUnit,
  readUnits,
  type UnitParts,
} from './parse-address-unit.ts';
import type { Word } from './parse-address-words.ts';
import { DIRECTIONS, PLAIN_TYPES, STREET_TYPES, UNIT_WORDS } from './street-words.ts';

/** What a line's words are, by their places. */
export interface FoundParts {
  readonly postal: PostalAddress | null;
  readonly number: HouseNumber | null;
  /** Where the number's words start, and the street's start and end. */
  readonly numberFrom: number;
  readonly from: number;
  readonly to: number;
  readonly street: StreetParts;
  readonly unit: UnitParts | null;
  /** An urbanization, without which a street and number of Puerto Rico may be several. */
  readonly area: { readonly from: number; readonly to: number } | null;
}

const NO_STREET: StreetParts = { predir: '', name: [], type: '', postdir: '', highway: false };

/** Which words of a line are its number, street and unit, or that it names no street. */
export function findParts(words: Word[], line: string): FoundParts {
  const none = readNone(words, line);
  if (none !== null) return postalParts(none);
  const cut = cutLastLine(words);
  const open = cut < words.length;
  const end = cut;
  const main = findMain(words, end);
  const before = main.unit;
  const boxed = words[main.to]?.text === 'BOX' && main.to < end;
  const postal = readPostal(words, main.from, boxed ? end : main.to);
  if (postal !== null) return postalParts(postal);
  const size = words.length;
  const numberFrom = main.from;
  let number = readNumber(words, numberFrom, main.to);
  // A number without its space became two words.
  const to = main.to + words.length - size;
  let from = number?.next ?? numberFrom;
  if (number !== null && words[from]?.text !== undefined && hasBox(words, from, to)) {
    const box = readPostal(words, from, to);
    if (box !== null && box.kind === 'rural-route') return postalParts(box);
  }
  let unit = before;
  if (number !== null && unit === null) {
    unit = readMiddle(words, from, to) ?? readRearHalf(words, number, to);
    if (unit !== null) from = unit.to;
    const half = number.suffix === '' ? readFraction(words[from]?.text ?? '') : null;
    if (unit?.type === 'REAR' && half !== null) {
      from++;
      number = { ...number, suffix: half, next: from };
    }
  }
  return readRest(words, {
    number,
    numberFrom,
    from,
    to,
    unit,
    end: end + words.length - size,
    open,
  });
}

/** `URB LAS LOMAS 1234 CALLE 5` and `URB LAS LOMAS, 1234 CALLE 5`. */
function areaBefore(words: readonly Word[], to: number): FoundParts['area'] {
  return to > 1 && AREAS.has(words[0]?.text ?? '') ? { from: 0, to } : null;
}

interface Rest {
  readonly number: HouseNumber | null;
  readonly numberFrom: number;
  readonly from: number;
  readonly to: number;
  readonly unit: UnitParts | null;
  readonly end: number;
  readonly open: boolean;
}

function readRest(words: readonly Word[], rest: Rest): FoundParts {
  const { number, numberFrom, from, end } = rest;
  let { to, unit } = rest;
  const tail = findArea(words, from, to);
  const area = tail < to ? { from: tail, to } : areaBefore(words, numberFrom);
  to = tail;
  const open = rest.open && to === end;
  to = cutBox(words, from, to);
  const least = leastStreet(words, from, to);
  const behind = findUnit(words, from + least, to, open);
  if (behind !== null) {
    to = behind.from;
    unit ??= behind.to === rest.to ? withMore(words, behind, end) : behind;
  } else if (open) to = endBeforeTown(words, from, from + least, to);
  let street = readStreet(namesOf(words, from, to));
  if (behind === null && number !== null && to - from > 2) {
    const bare = readBare(words, from, to, street);
    if (bare !== null) {
      to = bare.from;
      unit ??= bare;
      street = readStreet(namesOf(words, from, to));
    }
  }
  if (behind === null && number !== null && street.type === '' && to === rest.to) {
    const town = findTownBehind(words, from, to, street);
    if (town < to) {
      to = town;
      street = readStreet(namesOf(words, from, to));
    }
  }
  if (unit === null && rest.to < end) unit = readBehindComma(words, rest.to, end);
  return { postal: null, number, numberFrom, from, to, street, unit, area };
}

/**
 * Where the name of a Puerto Rican urbanization starts behind a street, `150 CALLE A URB LAS
 * LOMAS`; `to` where none does.
 */
function findArea(words: readonly Word[], from: number, to: number): number {
  for (let at = from + 2; at + 1 < to; at++) if (AREAS.has(words[at]?.text ?? '')) return at;
  return to;
}

/** `12 MAIN ST PO BOX 4`: people live at the first of the two. */
function cutBox(words: readonly Word[], from: number, to: number): number {
  for (let at = from + 1; at + 1 < to; at++) {
    if (words[at]?.text !== 'BOX') continue;
    const two = words[at - 1]?.text === 'O' && words[at - 2]?.text === 'P';
    const start = two ? at - 2 : words[at - 1]?.text === 'PO' ? at - 1 : from;
    if (start > from) return start;
  }
  return to;
}

function isGridAt(words: readonly Word[], from: number, to: number): boolean {
  const [first, second, third] = [words[from], words[from + 1], words[from + 2]];
  if (from + 2 >= to || first === undefined || second === undefined || third === undefined)
    return false;
  return DIRECTIONS.has(first.text) && /^\d+$/.test(second.text) && DIRECTIONS.has(third.text);
}

function endBeforeTown(words: readonly Word[], from: number, least: number, to: number): number {
  if (isGridAt(words, from, to)) return from + 3;
  if (least - from < 2) return Math.max(findTown(words, from, to), least);
  // Behind a numbered road only its direction.
  const next = words[least]?.text ?? '';
  return least < to && DIRECTIONS.has(next) && (next.length < 3 || least + 1 === to)
    ? least + 1
    : least;
}

function postalParts(postal: PostalAddress): FoundParts {
  return {
    postal,
    number: null,
    numberFrom: 0,
    from: 0,
    to: 0,
    street: NO_STREET,
    unit: null,
    area: null,
  };
}

/** How many words at least are the street's: a numbered road with its number, else one. */
export function leastStreet(words: readonly Word[], from: number, to: number): number {
  const names = namesOf(words, from, Math.min(to, from + 8));
  const first = DIRECTIONS.has(names[0] ?? '') ? 1 : 0;
  const highway = readHighway(names, 0) ?? readHighway(names, first);
  if (highway === null) return 1;
  // `US-9` is one word and two names.
  const more = names.length - (Math.min(to, from + 8) - from);
  return Math.max(1, highway.next - more);
}

function hasBox(words: readonly Word[], from: number, to: number): boolean {
  const next = words[from + 2]?.text;
  return from + 2 < to && (next === 'BOX' || next === 'BX');
}

/** `12 APT 3 MAIN ST` and `12 REAR MAIN ST`. */
function readMiddle(words: readonly Word[], at: number, to: number): UnitParts | null {
  const word = words[at]?.text ?? '';
  if (!UNIT_WORDS.has(word) || to - at < 3) return null;
  const type = UNIT_WORDS.get(word) ?? '';
  if (type === 'REAR') {
    const last = words[to - 1]?.text ?? '';
    return STREET_TYPES.has(last) ? { type, unit: '', from: at, to: at + 1 } : null;
  }
  if (!EARLY.has(type) || to - at < 4) return null;
  const unit = readUnit(words, at, to, 1);
  if (unit === null || !/^[A-Z]?\d[\dA-Z-]*$|^[A-Z]$/.test(unit.unit)) return null;
  return { type: unit.type, unit: unit.unit, from: at, to: unit.next };
}

/** `12 REAR 1/2 MAIN`: a half behind it says that it is no name. */
function readRearHalf(
  words: readonly Word[],
  { suffix, next }: HouseNumber,
  to: number,
): UnitParts | null {
  const rear = UNIT_WORDS.get(words[next]?.text ?? '') === 'REAR' && next + 2 < to;
  if (!rear || suffix !== '' || readFraction(words[next + 1]?.text ?? '') === null) return null;
  return { type: 'REAR', unit: '', from: next, to: next + 1 };
}

/** `12 MAIN ST 4B`. */
function readBare(
  words: readonly Word[],
  from: number,
  to: number,
  street: StreetParts,
): UnitParts | null {
  const last = words[to - 1]?.text ?? '';
  if (street.type !== '' || street.postdir !== '') return null;
  const floor = words[to - 2]?.text ?? '';
  // `12 MAIN ST 2 L`
  if (/^[A-Z]$/.test(last) && /^\d{1,2}$/.test(floor) && isBareUnit(last) && to - from > 3) {
    const type = STREET_TYPES.get(words[to - 3]?.text ?? '') ?? '';
    if (PLAIN_TYPES.has(type)) return { type: '', unit: `${floor}${last}`, from: to - 2, to };
  }
  if (NAMED_UNITS.has(last)) return readNamed(words, from, to);
  if (!isBareUnit(last)) return null;
  if (words[from]?.text === 'FIRE') return null;
  // `HIGHWAY 15 S 12`
  if (street.highway && !(to - from > 3 && DIRECTIONS.has(words[to - 2]?.text ?? ''))) return null;
  // `N AVENUE B` is Avenue B.
  if (to - from === 3 && DIRECTIONS.has(words[from]?.text ?? '')) return null;
  const before = words[to - 2]?.text ?? '';
  // `99 BRATTLE ST HODG 2`: a house of several has a name there.
  if (/^\d/.test(last) && findTownBehind(words, from, to - 1, street) === to - 2) {
    return { type: '', unit: `${before} ${last}`, from: to - 2, to };
  }
  const type = STREET_TYPES.get(before);
  const ends =
    type === undefined
      ? DIRECTIONS.has(before) && to - from > 3
      : PLAIN_TYPES.has(type) || to - from > 3;
  return ends ? { type: '', unit: last, from: to - 1, to } : null;
}

/** `12 MAIN ST STUDIO` and `12 MAIN ST CARRIAGE HOUSE`. */
function readNamed(words: readonly Word[], from: number, to: number): UnitParts | null {
  for (let at = to - 1; at > from + 1 && at > to - 3; at--) {
    const type = STREET_TYPES.get(words[at - 1]?.text ?? '');
    if (type === undefined || !PLAIN_TYPES.has(type)) continue;
    const unit = words.slice(at, to).map(({ text }) => text);
    return { type: '', unit: unit.join(' '), from: at, to };
  }
  return null;
}

/** `BLDG 4, APT 2C`: what follows behind another comma and is a unit too. */
function withMore(words: readonly Word[], unit: UnitParts, to: number): UnitParts {
  if (unit.to >= to) return unit;
  const stop = nextComma(words, unit.to + 1, to);
  const more = readUnits(words, unit.to, stop, false);
  if (more === null) return unit;
  const text = `${unit.unit} ${more.type} ${more.unit}`.replace(/ +/g, ' ').trim();
  return { type: unit.type, unit: text, from: unit.from, to: more.to };
}

/** `12 MAIN ST, APT 3, BOSTON` and `12 MAIN ST, 3`. */
function readBehindComma(words: readonly Word[], from: number, to: number): UnitParts | null {
  for (let at = from; at < to; at++) {
    if (words[at]?.apart !== true) continue;
    const stop = nextComma(words, at + 1, to);
    const unit = readUnits(words, at, stop, false);
    if (unit !== null && unit.unit + unit.type !== '') return withMore(words, unit, to);
    const text = words[at]?.text ?? '';
    if (at === from && stop === at + 1 && /\d/.test(text) && isBareUnit(text)) {
      return { type: '', unit: text, from: at, to: stop };
    }
  }
  return null;
}
