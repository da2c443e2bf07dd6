import type { SeqRange } from './protocol.ts';

/**
 * The ranges with one number more: ascending, never touching each other. A number that is there
 * already changes nothing. Cost grows with the number of ranges, which is the number of gaps.
 */
export function addRange(ranges: readonly SeqRange[], seq: number): readonly SeqRange[] {
  const last = ranges.at(-1);
  // Facts come in order but for the urgent ones: nearly always the last range grows by one.
  if (last !== undefined && seq === last[1] + 1) return [...ranges.slice(0, -1), [last[0], seq]];
  if (ranges.some(([from, to]) => from <= seq && seq <= to)) return ranges;
  const before = ranges.filter(([, to]) => to < seq - 1);
  const after = ranges.filter(([from]) => from > seq + 1);
  const from = ranges.find(([, to]) => to === seq - 1)?.[0] ?? seq;
  const to = ranges.find(([start]) => start === seq + 1)?.[1] ?? seq;
  return [...before, [from, to], ...after];
}

/** The ranges without one number; one that is not there changes nothing. */
export function dropFromRanges(ranges: readonly SeqRange[], seq: number): readonly SeqRange[] {
  return ranges.flatMap(([from, to]): SeqRange[] => {
    if (seq < from || seq > to) return [[from, to]];
    const before: SeqRange[] = seq > from ? [[from, seq - 1]] : [];
    const after: SeqRange[] = seq < to ? [[seq + 1, to]] : [];
    return [...before, ...after];
  });
}

/** How many numbers the ranges hold. */
export function countRanges(ranges: readonly SeqRange[]): number {
  return ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0);
}
