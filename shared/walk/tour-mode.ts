/**
 * How a walk begins and ends: `closed` comes back to where it began, `open` begins and ends
 * anywhere, `start` begins at stop 0, `ends` begins at stop 0 and ends at the last stop.
 */
export const TOUR_MODES = ['closed', 'open', 'start', 'ends'] as const;
export type TourMode = (typeof TOUR_MODES)[number];

/** A closed tour in whole numbers that stands for a walk of any mode. */
export interface ClosedTour {
  readonly n: number;
  readonly distance: Int32Array;
  /** Whole units to a metre. */
  readonly scale: number;
  /** What every such tour costs more than the walk that it stands for, in units. */
  readonly extra: number;
  /** The stop that is none, where the walk is cut open; -1 in a closed tour. */
  readonly nowhere: number;
}

const MOST = 1 << 28;

/**
 * Turns distances of n stops into a closed tour. A walk that is open gets one more stop that lies
 * nowhere. Between fixed ends that stop is as far from all others as twice the longest distance:
 * enough to keep it between the two, and not so far that it spoils the bound. Distances are
 * finite and not negative; tenths of a metre and whole numbers are kept exactly.
 */
export function toClosedTour(count: number, metres: Float64Array, mode: TourMode): ClosedTour {
  let longest = 0;
  for (let i = 0; i < metres.length; i++) {
    if ((metres[i] as number) > longest) longest = metres[i] as number;
  }
  const scale = scaleFor(metres, longest);
  const nowhere = mode === 'closed' ? -1 : count;
  const n = mode === 'closed' ? count : count + 1;
  const distance = new Int32Array(n * n);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      distance[i * n + j] = Math.round((metres[i * count + j] as number) * scale);
    }
  }
  const fixed = mode === 'start' ? [0] : mode === 'ends' ? [0, count - 1] : [];
  const far = fixed.length > 0 ? 2 * Math.ceil(longest * scale) : 0;
  if (nowhere >= 0) {
    for (let i = 0; i < count; i++) {
      const way = fixed.includes(i) ? 0 : far;
      distance[i * n + nowhere] = distance[nowhere * n + i] = way;
    }
  }
  return { n, distance, scale, extra: mode === 'start' && count > 1 ? far : 0, nowhere };
}

function scaleFor(metres: Float64Array, longest: number): number {
  for (const scale of [1, 10]) {
    if (longest * scale < MOST && isWhole(metres, scale)) return scale;
  }
  let scale = 1;
  while (longest * scale < MOST / 20) scale *= 10;
  while (longest * scale > MOST) scale /= 10;
  return longest > 0 ? scale : 1;
}

function isWhole(metres: Float64Array, scale: number): boolean {
  for (let i = 0; i < metres.length; i++) {
    const way = (metres[i] as number) * scale;
    if (!(Math.abs(way - Math.round(way)) < 1e-6)) return false;
  }
  return true;
}
