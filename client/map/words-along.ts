/** Where one letter, or a whole straight word, is drawn: its middle and its turn in radians. */
export interface PlacedText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly turn: number;
}

/** A line on the canvas with the length from its start to each of its points. */
export interface MeasuredLine {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly along: Float64Array;
  readonly length: number;
}

export function measureLine(x: ArrayLike<number>, y: ArrayLike<number>): MeasuredLine {
  const along = new Float64Array(x.length);
  for (let i = 1; i < x.length; i++) {
    const dx = (x[i] ?? 0) - (x[i - 1] ?? 0);
    const dy = (y[i] ?? 0) - (y[i - 1] ?? 0);
    along[i] = (along[i - 1] ?? 0) + Math.hypot(dx, dy);
  }
  return { x, y, along, length: along[along.length - 1] ?? 0 };
}

/** The point at a length along a line, with the direction there. */
export function pointAlong(line: MeasuredLine, at: number): { x: number; y: number; turn: number } {
  const { x, y, along } = line;
  let low = 0;
  let high = along.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((along[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  const span = (along[high] ?? 0) - (along[low] ?? 0);
  const part = span === 0 ? 0 : (at - (along[low] ?? 0)) / span;
  const dx = (x[high] ?? 0) - (x[low] ?? 0);
  const dy = (y[high] ?? 0) - (y[low] ?? 0);
  return {
    x: (x[low] ?? 0) + dx * part,
    y: (y[low] ?? 0) + dy * part,
    turn: Math.atan2(dy, dx),
  };
}

const MOST_BEND = 0.42;
const between = (a: number, b: number): number => {
  const turn = Math.abs(a - b) % (2 * Math.PI);
  return turn > Math.PI ? 2 * Math.PI - turn : turn;
};

/**
 * Lays words along a line with their middle at `middle`, upright to the reader. Null where the
 * line is too short or bends too sharply for them to be read.
 */
export function layWords(
  line: MeasuredLine,
  words: string,
  widthOf: (text: string) => number,
  middle: number,
): PlacedText[] | null {
  const width = widthOf(words);
  const start = middle - width / 2;
  if (start < 0 || start + width > line.length) return null;
  const first = pointAlong(line, start);
  const last = pointAlong(line, start + width);
  const chord = Math.hypot(last.x - first.x, last.y - first.y);
  const backwards = last.x < first.x;
  if (chord > width * 0.998) {
    const turn = Math.atan2(last.y - first.y, last.x - first.x) + (backwards ? Math.PI : 0);
    return [{ text: words, x: (first.x + last.x) / 2, y: (first.y + last.y) / 2, turn }];
  }
  const placed: PlacedText[] = [];
  let at = 0;
  let before: number | null = null;
  for (const letter of words) {
    const own = widthOf(letter);
    const reach = backwards ? start + width - at - own / 2 : start + at + own / 2;
    // The direction of a letter is that of the line under all of it, not of one point.
    const a = pointAlong(line, Math.max(0, reach - own));
    const b = pointAlong(line, Math.min(line.length, reach + own));
    const turn = Math.atan2(b.y - a.y, b.x - a.x) + (backwards ? Math.PI : 0);
    if (before !== null && between(turn, before) > MOST_BEND) return null;
    before = turn;
    const point = pointAlong(line, reach);
    placed.push({ text: letter, x: point.x, y: point.y, turn });
    at += own;
  }
  return placed;
}
