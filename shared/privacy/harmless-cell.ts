/** What makes a spreadsheet take a cell for a formula when it stands first. */
const DANGEROUS = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\n\r]/;

/**
 * One cell of a CSV file. A text that a spreadsheet would run as a formula gets a `'` in front, so
 * that it is shown instead; numbers made by us are passed as numbers and stay as they are. Quoting
 * by RFC 4180. Absent values are empty.
 */
export function harmlessCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  // Some programs drop a NUL, which would put what follows it first; others stop reading there.
  const shown = value.replaceAll('\0', '\uFFFD');
  const text = DANGEROUS.test(shown) ? `'${shown}` : shown;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One row of a CSV file with its line end (CRLF, RFC 4180). */
export function harmlessRow(cells: readonly (string | number | null)[]): string {
  return `${cells.map(harmlessCell).join(',')}\r\n`;
}
