/** What every frame begins with: whatever else a camera sees is none. */
const MARK = 'HG1';
/** The letters that a QR code holds at two for eleven bits. Method: base 45 of RFC 9285. */
const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const VALUES = new Map(Array.from(LETTERS, (letter, value) => [letter, value]));
const SERIES = 4;
const HEAD = SERIES + 4;
const CHECK = 4;

/** So many bytes of a series at most: past that a file is quicker than anybody's patience. */
export const MOST_HANDED_BYTES = 512 * 1024;
/** Bytes in one frame: a code of 77 modules, which an old camera reads off a small screen. */
export const FRAME_BYTES = 480;

/** One code of a series: the part with this number of so many. */
export interface Frame {
  /** Of all frames that belong together, 8 hex digits. */
  readonly series: string;
  readonly index: number;
  readonly count: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** CRC-32 (ISO-HDLC), bit by bit: a frame is short. */
function checkOf(bytes: Uint8Array): number {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  }
  return (rest ^ 0xffffffff) >>> 0;
}

function toLetters(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 2) {
    const [high = 0, low] = [bytes[i], bytes[i + 1]];
    const value = low === undefined ? high : high * 256 + low;
    text += LETTERS.charAt(value % 45) + LETTERS.charAt(Math.floor(value / 45) % 45);
    if (low !== undefined) text += LETTERS.charAt(Math.floor(value / 2025));
  }
  return text;
}

function fromLetters(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 3 === 1) return null;
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i += 3) {
    const digits = Array.from(text.slice(i, i + 3), (letter) => VALUES.get(letter) ?? NaN);
    const value = digits.reduceRight((sum, digit) => sum * 45 + digit, 0);
    if (!(value <= (digits.length === 3 ? 0xffff : 0xff))) return null;
    if (digits.length === 3) bytes.push(value >> 8);
    bytes.push(value & 0xff);
  }
  return Uint8Array.from(bytes);
}

/**
 * Cuts bytes into texts, each for one QR code, which can be read in any order. `series` is four fresh
 * random bytes. Throws a RangeError for nothing, and for more than MOST_HANDED_BYTES.
 */
export function writeFrames(whole: Uint8Array, series: Uint8Array): readonly string[] {
  if (series.length !== SERIES || whole.length === 0 || whole.length > MOST_HANDED_BYTES) {
    throw new RangeError('no series of codes holds this');
  }
  const count = Math.ceil(whole.length / FRAME_BYTES);
  return Array.from({ length: count }, (_, index) => {
    const part = whole.subarray(index * FRAME_BYTES, (index + 1) * FRAME_BYTES);
    const bytes = new Uint8Array(HEAD + part.length + CHECK);
    const view = new DataView(bytes.buffer);
    bytes.set(series);
    view.setUint16(SERIES, index);
    view.setUint16(SERIES + 2, count);
    bytes.set(part, HEAD);
    view.setUint32(HEAD + part.length, checkOf(bytes.subarray(0, HEAD + part.length)));
    return MARK + toLetters(bytes);
  });
}

/** The frame that a code's text is, or null for any other text and for one that was misread. */
export function readFrame(text: string): Frame | null {
  const bytes = text.startsWith(MARK) ? fromLetters(text.slice(MARK.length)) : null;
  if (bytes === null || bytes.length <= HEAD + CHECK) return null;
  const end = bytes.length - CHECK;
  const view = new DataView(bytes.buffer);
  if (view.getUint32(end) !== checkOf(bytes.subarray(0, end))) return null;
  const [index, count] = [view.getUint16(SERIES), view.getUint16(SERIES + 2)];
  const part = bytes.slice(HEAD, end);
  const fits = index === count - 1 ? part.length <= FRAME_BYTES : part.length === FRAME_BYTES;
  if (index >= count || count * FRAME_BYTES >= MOST_HANDED_BYTES + FRAME_BYTES || !fits)
    return null;
  const series = Array.from(bytes.subarray(0, SERIES), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
  return { series, index, count, bytes: part };
}
