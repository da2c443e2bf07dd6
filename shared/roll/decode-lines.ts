import type { RollMapping } from '../model/roll.ts';
import type { Letters } from './letters.ts';

/** Some whole lines of text, or one line that is written in other letters than its file. */
export interface DecodedPiece {
  readonly text: string;
  /** True for a line that is no UTF-8 and was read as Windows-1252. */
  readonly foreign: boolean;
  /** True when letters beyond ASCII were read as UTF-8. */
  readonly accented: boolean;
}

/** Bytes without a line end that are held before they are decoded all the same. */
const LONGEST_HELD = 1024 * 1024;
const LF = 10;
const CR = 13;
const NONE = new Uint8Array(0);

/**
 * Decodes a file part by part. UTF-8 and Windows-1252 are told apart line by line, whichever of the
 * two is asked for: a file that was put together out of several has both, and a line of Windows-1252
 * is well-formed UTF-8 by chance hardly ever. UTF-16 is read as asked.
 */
export class LineDecoder {
  readonly #letters: Letters;
  readonly #encoding: RollMapping['encoding'];
  #held: Uint8Array = NONE;
  #begun = false;

  constructor(letters: Letters, encoding: RollMapping['encoding']) {
    this.#letters = letters;
    this.#encoding = encoding;
  }

  /** What can be decoded now; `last` says that no bytes follow. */
  push(bytes: Uint8Array, last: boolean): DecodedPiece[] {
    const joined = this.#held.length === 0 ? bytes : join(this.#held, bytes);
    const wide = this.#encoding === 'utf-16le' || this.#encoding === 'utf-16be';
    const end = last
      ? joined.length
      : wide
        ? this.#endOfUnits(joined)
        : endOfLines(joined, joined.length - bytes.length);
    const whole = joined.subarray(0, end);
    // A copy, whoever fills these bytes anew: what `slice` of a Buffer gives is not one.
    this.#held = last ? NONE : new Uint8Array(joined.subarray(end));
    if (whole.length === 0) return [];
    const pieces = wide ? [this.#wide(whole)] : this.#narrow(whole);
    const [first, ...others] = pieces;
    if (this.#begun || first === undefined) return pieces;
    this.#begun = true;
    return [{ ...first, text: first.text.replace(/^\uFEFF/, '') }, ...others];
  }

  #wide(bytes: Uint8Array): DecodedPiece {
    const { utf16le, utf16be } = this.#letters;
    const text = this.#encoding === 'utf-16le' ? utf16le(bytes) : utf16be(bytes);
    return { text, foreign: false, accented: false };
  }

  #narrow(bytes: Uint8Array): DecodedPiece[] {
    const { utf8, windows1252 } = this.#letters;
    const all = utf8(bytes);
    if (all !== null) return [piece(all, bytes)];
    const pieces: DecodedPiece[] = [];
    let from = 0;
    const take = (to: number): void => {
      if (to > from) {
        const part = bytes.subarray(from, to);
        const text = utf8(part);
        pieces.push(
          text === null
            ? { text: windows1252(part), foreign: true, accented: false }
            : piece(text, part),
        );
      }
      from = to;
    };
    for (let at = 0; at < bytes.length;) {
      const next = endOfLine(bytes, at);
      if (utf8(bytes.subarray(at, next)) === null) {
        take(at);
        take(next);
      }
      at = next;
    }
    take(bytes.length);
    return pieces;
  }

  /** Two bytes are a letter, and a high surrogate is half of one. */
  #endOfUnits(bytes: Uint8Array): number {
    const even = bytes.length & ~1;
    if (even < 2) return 0;
    const high = bytes[this.#encoding === 'utf-16le' ? even - 1 : even - 2] ?? 0;
    return high >= 0xd8 && high <= 0xdb ? even - 2 : even;
  }
}

function piece(text: string, bytes: Uint8Array): DecodedPiece {
  return { text, foreign: false, accented: text.length !== bytes.length };
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** Behind the line end that ends the line at `at`, or the end of the bytes. */
function endOfLine(bytes: Uint8Array, at: number): number {
  for (let i = at; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === LF) return i + 1;
    if (byte === CR) return bytes[i + 1] === LF ? i + 2 : i + 1;
  }
  return bytes.length;
}

/** Behind the last line end, or where a letter ends in a line without an end. */
function endOfLines(bytes: Uint8Array, known: number): number {
  const lf = bytes.lastIndexOf(LF);
  const cr = lf >= 0 ? -1 : bytes.lastIndexOf(CR, bytes.length - 2);
  const end = Math.max(lf, cr) + 1;
  // What is held has no line end in it; a whole megabyte of one line is cut anywhere.
  if (end > known || end > 0 || bytes.length < LONGEST_HELD) return end;
  let cut = bytes.length;
  while (cut > bytes.length - 4 && ((bytes[cut - 1] ?? 0) & 0xc0) === 0x80) cut--;
  return ((bytes[cut - 1] ?? 0) & 0x80) === 0 ? cut : cut - 1;
}
