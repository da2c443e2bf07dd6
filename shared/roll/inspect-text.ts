import { problem } from '../kernel/problem.ts';
import { fail, type Result } from '../kernel/result.ts';
import type { RollInspection, RollMapping } from '../model/roll.ts';
import { detectDelimiter, detectQuotes, escapeSign } from './detect-delimiter.ts';
import { findHeader } from './find-header.ts';
import { inspectRows } from './inspect-rows.ts';
import { recogniseLayout, recogniseRows, type Layout } from './layouts.ts';
import { RowParser, type RowShape } from './parse-rows.ts';
import { MICHIGAN_STARTS } from './state-layouts.ts';

/** How a person wants the file to be read, where they know better; the rest is found out. */
export type ReadingChoice = Partial<
  Pick<RollMapping, 'encoding' | 'delimiter' | 'quoted' | 'headerLine'>
>;

export interface SampledFile {
  readonly fileName: string;
  /** Size of the whole file in bytes. */
  readonly bytes: number;
  readonly encoding: RollMapping['encoding'];
}

/** The shape of the rows that a mapping says, with what is left out of it. */
export function shapeOf(reading: Pick<RollMapping, 'delimiter' | 'quoted'>): RowShape {
  const { delimiter } = reading;
  return delimiter === 'fixed'
    ? { delimiter: '', quoted: false, starts: MICHIGAN_STARTS }
    : { delimiter, quoted: reading.quoted ?? delimiter !== '|' };
}

/** True for a line with nothing on it, or with the mark that once ended files. */
export function isBlankRow(cells: readonly string[]): boolean {
  if (cells.length > 1) return false;
  const only = cells[0] ?? '';
  return only === '' || only === '\u001a' || only.trim() === '';
}

/**
 * What the beginning of a file tells of all of it: delimiter, quoting, header, layout and columns.
 * `whole` says that nothing follows this text. Problems: roll-empty, roll-row-too-long.
 */
export function inspectText(
  file: SampledFile,
  text: string,
  whole: boolean,
  choice: ReadingChoice = {},
): Result<RollInspection> {
  const delimiter = choice.delimiter ?? detectDelimiter(text);
  const marks = detectQuotes(text, delimiter);
  const first = sample(text, { delimiter, quoted: choice.quoted ?? marks }, whole, choice);
  if (first === null) {
    const unended = !whole && text.trim() !== '';
    return fail(unended ? problem('roll-row-too-long', { line: 1 }) : problem('roll-empty'));
  }
  // Makers who never wrap cells have marks in them, which open nothing.
  const mayBeBare = delimiter === '\t' || delimiter === '|';
  const bare = choice.quoted === undefined && mayBeBare && first.layout?.quoted === false && marks;
  const quoted = choice.quoted ?? (bare ? wrapsCells(text, delimiter) : marks);
  const found =
    quoted === (choice.quoted ?? marks)
      ? first
      : (sample(text, { delimiter, quoted }, whole, choice) ?? first);
  const { header, rows, headerLine } = found;
  return inspectRows({ ...file, delimiter, quoted, headerLine }, header, rows);
}

function wrapsCells(text: string, delimiter: RollMapping['delimiter']): boolean {
  const sign = escapeSign(delimiter);
  return new RegExp(`(?:^|${sign})"[^"\\r\\n]*"(?:${sign}|\\r|\\n|$)`, 'm').test(text);
}

interface Sample {
  readonly header: readonly string[] | null;
  readonly headerLine: number;
  readonly rows: readonly (readonly string[])[];
  readonly layout: Layout | null;
}

function sample(
  text: string,
  reading: Pick<RollMapping, 'delimiter' | 'quoted'>,
  whole: boolean,
  choice: ReadingChoice,
): Sample | null {
  const { rows, lines, damaged } = new RowParser(shapeOf(reading)).push(text, whole);
  const given: { readonly cells: string[]; readonly line: number }[] = [];
  for (const [i, cells] of rows.entries()) {
    const readable = !damaged.has(i) || damaged.size === rows.length;
    if (!isBlankRow(cells) && readable) given.push({ cells, line: lines[i] ?? 0 });
    if (given.length === 200) break;
  }
  if (given.length === 0) return null;
  const all = given.map(({ cells }) => cells);
  const at =
    reading.delimiter === 'fixed' || choice.headerLine === 0
      ? -1
      : choice.headerLine === undefined
        ? findHeader(all)
        : Math.max(
            0,
            given.findIndex(({ line }) => line >= (choice.headerLine ?? 1)),
          );
  const header = at < 0 ? null : (all[at] ?? null);
  const others = all.slice(at + 1);
  const layout = header === null ? recogniseRows(others.slice(0, 50)) : recogniseLayout(header);
  return { header, headerLine: at < 0 ? 0 : (given[at]?.line ?? 1), rows: others, layout };
}
