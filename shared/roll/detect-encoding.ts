import { problem } from '../kernel/problem.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import type { RollMapping } from '../model/roll.ts';

export interface DetectedEncoding {
  readonly encoding: RollMapping['encoding'];
  /** Bytes of the byte order mark, to be left out of the text. */
  readonly skip: number;
}

/** First bytes of files that people send by mistake, and the words for them. */
const SIGNATURES: readonly (readonly [readonly number[], string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'a spreadsheet or a ZIP archive'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an old Excel workbook'],
  [[0x89, 0x50, 0x4e, 0x47], 'a PNG picture'],
  [[0xff, 0xd8, 0xff], 'a JPEG picture'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF document'],
  [[0x1f, 0x8b], 'a gzip archive'],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], 'a SQLite database'],
  [[0x7f, 0x45, 0x4c, 0x46], 'a program'],
];

/** The same for files that are text, but not of rows; a workbook may be a web page under its name. */
const TEXTS: readonly (readonly [RegExp, string])[] = [
  [/^\s*(?:<!doctype html|<html|<head|<table)/i, 'a web page; open it in a spreadsheet'],
  [/^\s*<\?xml/i, 'an XML document'],
  [/^\{\\rtf/, 'a document of a word processor'],
  [/^\s*(?:\[\s*)?\{\s*"/, 'JSON'],
];

/** The first letters, as far as they are ASCII, in files of two-byte letters too. */
function beginning(bytes: Uint8Array): string {
  const ascii = bytes.subarray(0, 200).filter((byte) => byte > 0 && byte < 0x80);
  return String.fromCharCode(...ascii);
}

/**
 * How the bytes at the beginning of a voter file spell letters: a byte order mark, else two-byte
 * letters when every second byte is empty, else UTF-8 when it is valid, else Windows-1252 (which
 * Latin-1 files are read as, as browsers do). A few lines in the other of the two do not decide.
 * `whole` says that no bytes follow. Problems: roll-empty, roll-not-text.
 */
export function detectEncoding(bytes: Uint8Array, whole: boolean): Result<DetectedEncoding> {
  if (bytes.length === 0) return fail(problem('roll-empty'));
  const known = SIGNATURES.find(([mark]) => mark.every((byte, i) => bytes[i] === byte));
  if (known !== undefined) return fail(problem('roll-not-text', { kind: known[1] }));
  const marked = TEXTS.find(([form]) => form.test(beginning(bytes)));
  if (marked !== undefined) return fail(problem('roll-not-text', { kind: marked[1] }));
  if (isUtf32(bytes))
    return fail(problem('roll-not-text', { kind: 'UTF-32, which nothing else reads' }));
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return ok({ encoding: 'utf-16le', skip: 2 });
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return ok({ encoding: 'utf-16be', skip: 2 });
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  if (!bom) {
    const wide = detectWide(bytes);
    if (wide !== null) return ok({ encoding: wide, skip: 0 });
  }
  if (controlShare(bytes) > 0.02) return fail(problem('roll-not-text', { kind: 'not text' }));
  if (bom) return ok({ encoding: 'utf-8', skip: 3 });
  return ok({ encoding: mostlyUtf8(bytes, whole) ? 'utf-8' : 'windows-1252', skip: 0 });
}

/** Letters of four bytes each, with a mark or without: Latin ones leave three of them empty. */
function isUtf32(bytes: Uint8Array): boolean {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe && c === 0 && d === 0 && bytes.length % 4 === 0) return true;
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return true;
  const length = Math.min(bytes.length, 4096) & ~3;
  if (length < 16) return false;
  let [little, big] = [0, 0];
  for (let i = 0; i < length; i += 4) {
    const upper = bytes[i + 2] === 0 && bytes[i + 1] === 0;
    if (upper && bytes[i] !== 0 && bytes[i + 3] === 0) little++;
    if (upper && bytes[i] === 0 && bytes[i + 3] !== 0) big++;
  }
  return Math.max(little, big) > 0.9 * (length / 4);
}

/** True unless more lines with accented letters break the rules of UTF-8 than keep them. */
function mostlyUtf8(bytes: Uint8Array, whole: boolean): boolean {
  if (isUtf8(bytes, whole)) return true;
  let [good, bad] = [0, 0];
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(10, from);
    const line = bytes.subarray(from, end < 0 ? bytes.length : end);
    const cut = end < 0 && !whole;
    if (line.some((byte) => byte >= 0x80)) {
      if (isUtf8(line, !cut)) good++;
      else bad++;
    }
    from = end < 0 ? bytes.length : end + 1;
  }
  return good > bad;
}

/** UTF-16 without a mark: Latin letters leave every second byte zero. */
function detectWide(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const length = Math.min(bytes.length, 4096) & ~1;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < length; i += 2) {
    if (bytes[i] === 0) even++;
    if (bytes[i + 1] === 0) odd++;
  }
  const pairs = length / 2;
  if (pairs < 4) return null;
  if (odd > 0.6 * pairs && even < 0.05 * pairs) return 'utf-16le';
  if (even > 0.6 * pairs && odd < 0.05 * pairs) return 'utf-16be';
  return null;
}

/** Share of bytes that no text holds: controls other than tab, line ends, form feed, end of file. */
function controlShare(bytes: Uint8Array): number {
  const length = Math.min(bytes.length, 65_536);
  let controls = 0;
  for (let i = 0; i < length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte < 32 && (byte < 9 || byte > 13) && byte !== 26) controls++;
  }
  return controls / length;
}

/** True when the bytes are well-formed UTF-8 (RFC 3629); a letter cut off at the end is let pass. */
function isUtf8(bytes: Uint8Array, whole: boolean): boolean {
  let i = 0;
  while (i < bytes.length) {
    const first = bytes[i] ?? 0;
    const size = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if (size === 0 || first > 0xf4) return false;
    for (let k = 1; k < size; k++) {
      const next = bytes[i + k];
      if (next === undefined) return !whole;
      if (next >> 6 !== 2) return false;
    }
    const second = bytes[i + 1] ?? 0;
    if (first === 0xe0 && second < 0xa0) return false;
    if (first === 0xed && second > 0x9f) return false;
    if (first === 0xf0 && second < 0x90) return false;
    if (first === 0xf4 && second > 0x8f) return false;
    i += size;
  }
  return true;
}
