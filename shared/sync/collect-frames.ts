import { type Frame, readFrame } from './handed-frames.ts';

/** So many frames of another series, one after the other, and that one is meant. */
const TURN_AFTER = 4;

/** What a camera has seen of a series so far. */
export interface Seen {
  readonly series: string | null;
  /** How many frames the series has; 0 before the first. */
  readonly count: number;
  readonly parts: ReadonlyMap<number, Frame['bytes']>;
  /** Another series that was seen since the last frame of this one, and how often. */
  readonly other: { readonly series: string; readonly times: number } | null;
}

export const NOTHING_SEEN: Seen = { series: null, count: 0, parts: new Map(), other: null };

function begin({ series, count, index, bytes }: Frame): Seen {
  return { series, count, parts: new Map([[index, bytes]]), other: null };
}

/**
 * Adds what a camera has read, in any order and as often as it likes. Other codes, and frames that
 * were misread, change nothing; neither does a stray frame of another series, until the camera sees
 * only that one. The same state is given back when nothing is new.
 */
export function takeFrame(seen: Seen, text: string): Seen {
  const frame = readFrame(text);
  if (frame === null) return seen;
  if (seen.series === null) return begin(frame);
  if (frame.series === seen.series && frame.count === seen.count) {
    if (seen.parts.has(frame.index)) return seen.other === null ? seen : { ...seen, other: null };
    return { ...seen, parts: new Map(seen.parts).set(frame.index, frame.bytes), other: null };
  }
  const times = seen.other?.series === frame.series ? seen.other.times + 1 : 1;
  if (times >= TURN_AFTER) return begin(frame);
  return { ...seen, other: { series: frame.series, times } };
}

/** The bytes that were cut into frames, once all of them were seen; null before. */
export function wholeOf({ count, parts }: Seen): Uint8Array<ArrayBuffer> | null {
  if (count === 0 || parts.size < count) return null;
  const inOrder = Array.from({ length: count }, (_, index) => parts.get(index) ?? new Uint8Array());
  const whole = new Uint8Array(inOrder.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of inOrder) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
