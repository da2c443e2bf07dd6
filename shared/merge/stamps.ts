/** A hybrid logical clock's reading: `<12 hex ms>-<4 hex counter>`; sorts as text. */
export type Stamp = string;

/** A stamp seen elsewhere may push our clock ahead by at most this many milliseconds. */
const MOST_AHEAD = 5 * 60_000;
const MOST_MS = 0xffff_ffff_ffff;

function formatStamp(ms: number, counter: number): Stamp {
  return `${ms.toString(16).padStart(12, '0')}-${counter.toString(16).padStart(4, '0')}`;
}

function readStamp(stamp: Stamp): { ms: number; counter: number } {
  return { ms: parseInt(stamp.slice(0, 12), 16), counter: parseInt(stamp.slice(13), 16) };
}

/**
 * The stamp of the next thing that happens here: later than `last` whatever the clock does, and
 * no earlier than `now` (ms since 1970). Method: Kulkarni and others, Hybrid Logical Clocks, 2014.
 */
export function nextStamp(last: Stamp | null, now: number): Stamp {
  const clock = Math.min(Math.max(0, Math.floor(now)), MOST_MS);
  if (last === null) return formatStamp(clock, 0);
  const { ms, counter } = readStamp(last);
  if (clock > ms) return formatStamp(clock, 0);
  return counter < 0xffff ? formatStamp(ms, counter + 1) : formatStamp(ms + 1, 0);
}

/**
 * The stamp to go on from after seeing another's: what we do next comes after what we saw. A clock
 * that runs ahead elsewhere drags ours at most five minutes along.
 */
export function witnessStamp(last: Stamp | null, seen: Stamp | null, now: number): Stamp | null {
  if (seen === null) return last;
  const limit = formatStamp(Math.min(Math.max(0, Math.floor(now)) + MOST_AHEAD, MOST_MS), 0xffff);
  const clamped = seen < limit ? seen : limit;
  return last === null || clamped > last ? clamped : last;
}

/** The time part of a stamp, in ms since 1970. */
export function stampMs(stamp: Stamp): number {
  return readStamp(stamp).ms;
}

/**
 * What counts instead of a stamp that runs ahead of the server's clock by more than five minutes:
 * five minutes ahead, and `nth` keeps the order among several of one batch. Null for every other
 * stamp (P11: never refused, and never winning by more than that).
 */
export function clampStamp(stamp: Stamp, now: number, nth: number): Stamp | null {
  const limit = Math.min(Math.max(0, Math.floor(now)) + MOST_AHEAD, MOST_MS);
  return readStamp(stamp).ms > limit ? formatStamp(limit, Math.min(nth, 0xffff)) : null;
}
