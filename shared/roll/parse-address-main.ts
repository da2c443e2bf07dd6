import { readHighway } from './parse-address-highway.ts';
import { readNumber } from './parse-address-number.ts';
import { readPostal } from './parse-address-postal.ts';
import { readUnit, type UnitParts } from './parse-address-unit.ts';
import { FIRST_TYPES } from './parse-address-street.ts';
import type { Word } from './parse-address-words.ts';
import { DIRECTIONS, STREET_TYPES, UNIT_WORDS } from './street-words.ts';

/** The part of a line between two commas that holds the address. */
export interface MainPart {
  readonly from: number;
  readonly to: number;
  /** A unit that stands before it. */
  readonly unit: UnitParts | null;
}

/** The part between commas that holds number and street: `C/O LEE, OAK HOUSE, 12 ELM ST, BOSTON`. */
export function findMain(words: Word[], end: number): MainPart {
  let at = 0;
  let unit: UnitParts | null = null;
  let fallback: MainPart | null = null;
  while (at < end) {
    const stop = nextComma(words, at + 1, end);
    const early = readEarly(words, at, stop);
    if (early !== null) {
      unit ??= early.type === '' && early.unit === '' ? null : early;
      at = early.to;
      continue;
    }
    const from = startOf(words, at, stop);
    if (from >= 0) {
      const alone = stop < end && isNumbers(words, from, stop);
      return { from, to: alone ? nextComma(words, stop + 1, end) : stop, unit };
    }
    fallback ??= { from: at, to: stop, unit };
    at = stop;
  }
  return fallback ?? { from: at, to: end, unit };
}

/** `12, ELM ST`: the comma stands in the wrong place. */
function isNumbers(words: readonly Word[], from: number, to: number): boolean {
  for (let at = from; at < to; at++)
    if (!/^[\d/-]+[A-Z]?$/.test(words[at]?.text ?? '')) return false;
  return true;
}

/** A unit before the number: `APT 3 12 MAIN ST`, `APT 3, 12 MAIN ST`, and the sign of `#12 MAIN ST`. */
function readEarly(words: readonly Word[], at: number, to: number): UnitParts | null {
  const word = words[at]?.text ?? '';
  if (!UNIT_WORDS.has(word) && !UNIT_WORDS.has(words[at + 1]?.text ?? '')) return null;
  const next = words[at + 1]?.text ?? '';
  const sign = word === '#' ? /^\d/ : word === 'NO' || word === 'NUMBER' ? /^\d+[A-Z]?$/ : null;
  if (sign?.test(next) === true && at + 2 < to && !/^\d/.test(words[at + 2]?.text ?? '')) {
    return { type: '', unit: '', from: at, to: at + 1 };
  }
  const unit = readUnit(words, at, to, 1);
  if (unit === null || unit.type + unit.unit === '') return null;
  const { type, next: behind } = unit;
  if (behind === to)
    return at === 0 && to < words.length && words[to]?.apart === true
      ? { ...unit, from: at, to }
      : null;
  const numbered = /^\d/.test(words[behind]?.text ?? '') && behind + 1 < to;
  if (numbered) return { type, unit: unit.unit, from: at, to: behind };
  const named = EARLY.has(type) && /^[A-Z]?\d[\dA-Z-]*$/.test(unit.unit) && behind + 2 <= to;
  return named && endsStreet(words, to) ? { type, unit: unit.unit, from: at, to: behind } : null;
}

function endsStreet(words: readonly Word[], to: number): boolean {
  const last = words[to - 1]?.text ?? '';
  return STREET_TYPES.has(last) || DIRECTIONS.has(last);
}

/** What Puerto Rico calls a neighbourhood of its own street names. */
export const AREAS: ReadonlySet<string> = new Set(['URB', 'URBANIZACION', 'URBANIZATION']);

/** Where number and street start in a part between commas; -1 where neither does. */
function startOf(words: Word[], from: number, to: number): number {
  const first = words[from]?.text ?? '';
  const code = first.charCodeAt(0);
  if (code >= 48 && code <= 57) return from;
  if (readPostal(words, from, to) !== null) return hasLater(words, to) ? -1 : from;
  const probe = readNumber(words, from, to);
  if (probe !== null) return from;
  if (readHighway(namesOf(words, from, Math.min(to, from + 6)), 0) !== null) return from;
  if (AREAS.has(first)) {
    for (let at = from + 2; at + 1 < to; at++) {
      const [text, next] = [words[at]?.text ?? '', words[at + 1]?.text ?? ''];
      if (/^[A-Z]{0,2}\d+[A-Z]?$/.test(text) && FIRST_TYPES.has(next)) return at;
    }
  }
  // `OAK HOUSE 12 ELM ST`: a name before the number.
  for (let at = from + 1; at + 1 < to; at++) {
    const text = words[at]?.text ?? '';
    if (text === 'PO' && words[at + 1]?.text === 'BOX') return at;
    if (!/^\d+[A-Z]?$/.test(text) || /^\d+(?:ST|ND|RD|TH)$/.test(text)) continue;
    const before = words[at - 1]?.text ?? '';
    if (UNIT_WORDS.has(before) || STREET_TYPES.has(before) || DIRECTIONS.has(before)) continue;
    if (STREET_TYPES.has(words[at + 1]?.text ?? '')) continue;
    for (let i = at + 2; i < to; i++) if (STREET_TYPES.has(words[i]?.text ?? '')) return at;
  }
  return -1;
}

/** Whether a street with a number stands behind a box: `PO BOX 4, 12 ELM ST`. */
function hasLater(words: readonly Word[], from: number): boolean {
  for (let at = from; at + 2 < words.length; at++) {
    const word = words[at];
    if (word?.apart !== true || !/^\d+[A-Z]?$/.test(word.text)) continue;
    const stop = nextComma(words, at + 1, words.length);
    for (let i = at + 2; i < stop; i++) if (STREET_TYPES.has(words[i]?.text ?? '')) return true;
  }
  return false;
}

/** Where the part between commas that holds a word ends. */
export function nextComma(words: readonly Word[], from: number, to: number): number {
  for (let at = from; at < to; at++) {
    // `MARTIN LUTHER KING, JR BLVD`
    if (words[at]?.apart === true && words[at]?.text !== 'JR') return at;
  }
  return to;
}

/** The words of a street; a dash parts them, as in `US-9`. */
export function namesOf(words: readonly Word[], from: number, to: number): string[] {
  const names: string[] = [];
  for (let i = from; i < to; i++) {
    const text = words[i]?.text ?? '';
    const glued = i < from + 2 ? GLUED_ROAD.exec(text) : null;
    if (glued !== null) names.push(glued[1] ?? '', glued[2] ?? '');
    else if (text.includes('-') && !/^\d[\d.]*-\d/.test(text)) names.push(...text.split('-'));
    else if (text !== '#' || i + 1 < to) names.push(text);
  }
  return names;
}

const GLUED_ROAD = /^(US|I|IH|SR|SH|CR|CH|CTH|STH|TR|FM|RM|HWY|RTE|RT)-?(\d+[A-Z]{0,2})$/;

/** Units that may stand before the street. */
export const EARLY: ReadonlySet<string> = new Set([
  '#',
  'APT',
  'BLDG',
  'FL',
  'LOT',
  'RM',
  'SPC',
  'STE',
  'TRLR',
  'UNIT',
]);
