import { openSync, readSync, closeSync } from 'node:fs';
import Papa from 'papaparse';
import { problem, ProblemError } from '#shared/kernel/problem.ts';
import type { RollMapping } from '#shared/model/roll.ts';

type Reading = Pick<RollMapping, 'encoding' | 'delimiter'>;

/** Some rows of a file, with how far it has been read. The header is row 1. */
export interface RowBlock {
  readonly rows: readonly (readonly string[])[];
  /** Number of the first of these rows, as a spreadsheet counts. */
  readonly first: number;
  readonly bytesRead: number;
}

const BLOCK = 256 * 1024;
/** Letters of one row: beyond this a quotation mark has been left open. */
const LONGEST_ROW = 4 * 1024 * 1024;

/** Files of these two have cells as they are; a quotation mark in them is a letter. */
function hasQuotes(delimiter: string): boolean {
  return delimiter !== '|';
}

/**
 * The rows of a delimited file, header included, a block at a time, so that a file of any size
 * takes little memory. Throws roll-quote-open when a quotation mark never closes.
 */
export function* readRows(path: string, { encoding, delimiter }: Reading): Generator<RowBlock> {
  const file = openSync(path, 'r');
  try {
    const decoder = new TextDecoder(encoding);
    const buffer = Buffer.alloc(BLOCK);
    let parser: Papa.Parser | null = null;
    let carry = '';
    let first = 1;
    let bytesRead = 0;
    for (;;) {
      const count = readSync(file, buffer, 0, BLOCK, null);
      const last = count === 0;
      const more = carry + decoder.decode(buffer.subarray(0, count), { stream: !last });
      const text = more.replaceAll('\r\n', '\n');
      bytesRead += count;
      parser ??= makeParser(text, delimiter);
      const { data, errors, meta } = parser.parse(text, 0, !last) as Papa.ParseResult<string[]>;
      carry = text.slice(meta.cursor);
      if (data.length > 0) yield { rows: data, first, bytesRead };
      first += data.length;
      const open = last && errors.some(({ code }) => code === 'MissingQuotes');
      if (carry.length > LONGEST_ROW && !carry.includes('"')) {
        throw new ProblemError(problem('roll-row-too-long', { line: first }));
      }
      if (open || carry.length > LONGEST_ROW) {
        throw new ProblemError(problem('roll-quote-open', { line: first - (open ? 2 : 1) }));
      }
      if (last) return;
    }
  } finally {
    closeSync(file);
  }
}

function makeParser(text: string, delimiter: string): Papa.Parser {
  const newline = text.includes('\n') || !text.includes('\r') ? '\n' : '\r';
  const config = { delimiter, newline, ...(hasQuotes(delimiter) ? {} : { fastMode: true }) };
  return new Papa.Parser(config as Papa.ParseConfig);
}

/** True for a line with nothing on it; such rows count but are not looked at. */
export function isBlankRow(cells: readonly string[]): boolean {
  return cells.length === 1 && (cells[0] ?? '').trim() === '';
}
