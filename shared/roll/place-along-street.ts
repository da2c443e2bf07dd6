/** A piece of a street with the house numbers of its two sides. -1 or NaN: a side without numbers. */
export interface StreetRange {
  /** Longitude and latitude by turns, in degrees, in the direction of the numbers. */
  readonly line: readonly number[];
  readonly leftFrom: number;
  readonly leftTo: number;
  readonly rightFrom: number;
  readonly rightTo: number;
}

/** Metres from the middle of the street to the front of a house. */
const OFFSET = 12;
const METRES_PER_DEGREE = 111_320;

/**
 * Where a house number should stand by the ranges of its street: on its own side (odd or even), at
 * its share of the way, 12 metres beside the line. Null when no range holds the number.
 */
export function placeAlongStreet(
  ranges: readonly StreetRange[],
  number: number,
): readonly [lon: number, lat: number] | null {
  for (const range of ranges) {
    if (holds(range.leftFrom, range.leftTo, number)) {
      return walkLine(range.line, share(range.leftFrom, range.leftTo, number), -1);
    }
    if (holds(range.rightFrom, range.rightTo, number)) {
      return walkLine(range.line, share(range.rightFrom, range.rightTo, number), 1);
    }
  }
  return null;
}

function holds(from: number, to: number, number: number): boolean {
  if (!(from > 0) || !(to > 0)) return false;
  return number >= Math.min(from, to) && number <= Math.max(from, to) && number % 2 === from % 2;
}

function share(from: number, to: number, number: number): number {
  return from === to ? 0.5 : (number - from) / (to - from);
}

/** `side` is 1 to the right of the way, -1 to the left. */
function walkLine(
  flat: StreetRange['line'],
  along: number,
  side: 1 | -1,
): readonly [number, number] | null {
  const line = flat.flatMap((lon, i) => (i % 2 === 0 ? [[lon, flat[i + 1] ?? 0]] : []));
  const first = line[0];
  if (first === undefined || line.length < 2) return null;
  const scale = Math.cos(((first[1] ?? 0) * Math.PI) / 180);
  const steps = line.slice(1).map((end, i) => {
    const start = line[i] ?? first;
    const dx = ((end[0] ?? 0) - (start[0] ?? 0)) * scale;
    const dy = (end[1] ?? 0) - (start[1] ?? 0);
    return { start, dx, dy, length: Math.hypot(dx, dy) };
  });
  let left = along * steps.reduce((sum, step) => sum + step.length, 0);
  for (const [i, step] of steps.entries()) {
    if (left > step.length && i < steps.length - 1) {
      left -= step.length;
      continue;
    }
    if (step.length === 0) return null;
    const t = Math.min(1, left / step.length);
    const offset = (OFFSET / METRES_PER_DEGREE / step.length) * side;
    const x = step.dx * t + step.dy * offset;
    const y = step.dy * t - step.dx * offset;
    return [(step.start[0] ?? 0) + x / scale, (step.start[1] ?? 0) + y];
  }
  return null;
}
