import { COMMON_HEADERS } from './common-headers.ts';
import { electionOfColumn } from './election.ts';
import { findWord } from './find-word.ts';
import { headerWord, recogniseLayout, recogniseRows } from './layouts.ts';

/** Rows among which the header is looked for: titles, dates and blank rows may stand above it. */
const AMONG = 25;

/**
 * Which of the first rows of a file names its columns: -1 when none does. Known words decide; else
 * the first row that has the file’s usual number of cells and none that looks like data.
 */
export function findHeader(rows: readonly (readonly string[])[]): number {
  const first = rows.slice(0, AMONG);
  const known = first.findIndex((cells) => recogniseLayout(cells) !== null);
  if (known >= 0) return known;
  if (recogniseRows(rows.slice(0, 50)) !== null) return -1;
  const worded = first.findIndex((cells) => countKnown(cells) >= 2 && !hasData(cells));
  if (worded >= 0) return worded;
  const width = usualWidth(rows);
  const at = first.findIndex((cells) => cells.length >= width && filled(cells) * 2 >= width);
  const cells = first[at];
  if (cells === undefined || hasData(cells)) return -1;
  return at;
}

function countKnown(cells: readonly string[]): number {
  return cells.filter(
    (name) =>
      findWord(COMMON_HEADERS, headerWord(name)) !== undefined || electionOfColumn(name) !== null,
  ).length;
}

function filled(cells: readonly string[]): number {
  return cells.filter((cell) => cell.trim() !== '').length;
}

/** A number, a date, an address of e-mail or of a house: nobody calls a column so. */
function hasData(cells: readonly string[]): boolean {
  return cells.some((cell) => {
    const text = cell.trim();
    return (
      /^[\d.,/ ():-]*\d[\d.,/ ():-]*$/.test(text) ||
      /@|^\d{4}-\d\d-\d\d/.test(text) ||
      /^\d+[a-z]? \S+ (?:st|ave|rd|dr|ln|ct|blvd|street|avenue|road)\b/i.test(text)
    );
  });
}

/** How many cells most rows have. */
function usualWidth(rows: readonly (readonly string[])[]): number {
  const times = new Map<number, number>();
  for (const { length } of rows) times.set(length, (times.get(length) ?? 0) + 1);
  const sorted = [...times].sort(([a, m], [b, n]) => n - m || b - a);
  return sorted[0]?.[0] ?? 0;
}
