/** One figure of a bench: ours beside the peer's or the limit's, from the same run. */
export interface BenchLine {
  readonly bench: string;
  readonly case: string;
  readonly figure: string;
  /** The median of `n` runs, interleaved with the peer's. */
  readonly value: number;
  readonly unit: string;
  readonly against: string;
  readonly againstValue: number;
  /** More is always better: value / againstValue for rates, the reverse for times and sizes. */
  readonly ratio: number;
  readonly n: number;
}

export interface BenchOptions {
  /** All benches together under 50 seconds. */
  readonly quick: boolean;
  readonly print: (line: BenchLine) => void;
}

/** The middle of some figures. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new RangeError('no figures');
  return middle;
}

/** Rounds to three figures that mean something. */
export function round(value: number): number {
  return Number(value.toPrecision(3));
}
