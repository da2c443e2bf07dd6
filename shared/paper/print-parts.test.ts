import { expect, test } from 'vitest';
import { MOST_PRINTED, printParts } from './print-parts.ts';

const turfs = (count: number): string[] => Array.from({ length: count }, (_, at) => String(at));

test('a city of turfs is printed as files that the server takes, each turf once and in its order', () => {
  const parts = printParts(turfs(267));
  expect(parts.map(({ length }) => length)).toEqual([100, 100, 67]);
  expect(parts.flat()).toEqual(turfs(267));
});

test('what fits into one file is one file, and nothing is none', () => {
  expect(printParts(turfs(MOST_PRINTED))).toHaveLength(1);
  expect(printParts([])).toEqual([]);
});
