import { type BenchLine, type BenchOptions, median, round } from '../line.ts';

/** The value below which so large a share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** What one figure is about, and what stands beside it. */
export interface Figure {
  readonly case: string;
  readonly figure: string;
  readonly unit: string;
  /** One value a round. */
  readonly values: readonly number[];
  readonly against: string;
  readonly againstValues: readonly number[];
}

/** Prints a figure's line; rates are better when larger, times and sizes when smaller. */
export function printFigure(print: BenchOptions['print'], figure: Figure): void {
  const { case: about, values, againstValues, against, unit } = figure;
  if (values.length === 0 || againstValues.length === 0) return;
  const [value, againstValue] = [median(values), median(againstValues)];
  const ratio = unit === '1/s' ? value / againstValue : againstValue / value;
  const line: BenchLine = {
    bench: 'sync',
    case: about,
    figure: figure.figure,
    value: round(value),
    unit,
    against,
    againstValue: round(againstValue),
    ratio: round(ratio),
    n: values.length,
  };
  print(line);
}
