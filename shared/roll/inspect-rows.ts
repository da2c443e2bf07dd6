import { problem, type Problem } from '../kernel/problem.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import type { InspectedColumn, RollInspection, RollMapping } from '../model/roll.ts';
import { headerWord, layoutByPlace, recogniseLayout, recogniseRows } from './layouts.ts';
import { mapColumns } from './map-columns.ts';

export interface InspectedFile {
  readonly fileName: string;
  /** Size of the whole file in bytes. */
  readonly bytes: number;
  readonly encoding: RollMapping['encoding'];
  readonly delimiter: RollMapping['delimiter'];
  readonly quoted?: boolean;
  /** The line of the header, from 1. */
  readonly headerLine?: number;
}

const PREVIEW_ROWS = 20;

/**
 * What a look at the beginning of a voter file tells: its layout and what each column is taken for.
 * `header` is the row of names as written, or null in a file without one; `rows` the next ones (50
 * are plenty). Problem: roll-empty.
 */
export function inspectRows(
  file: InspectedFile,
  header: readonly string[] | null,
  rows: readonly (readonly string[])[],
): Result<RollInspection> {
  if (header === null ? rows.length === 0 : header.every((name) => name.trim() === '')) {
    return fail(problem('roll-empty'));
  }
  const layout =
    header !== null
      ? recogniseLayout(header)
      : file.delimiter === 'fixed'
        ? layoutByPlace(null, 'fixed')
        : recogniseRows(rows);
  const width = rows.reduce((most, cells) => Math.max(most, cells.length), 0);
  const names = header ?? Array.from({ length: width }, (_, at) => layout?.columns?.[at] ?? '');
  const columns = mapColumns(layout, names, rows);
  return ok({
    fileName: file.fileName,
    bytes: file.bytes,
    encoding: file.encoding,
    delimiter: file.delimiter,
    quoted: file.quoted ?? file.delimiter !== '|',
    headerLine: header === null ? 0 : (file.headerLine ?? 1),
    layout: layout?.id ?? null,
    columns,
    preview: hide(rows.slice(0, PREVIEW_ROWS), columns),
    notices: [
      ...(header === null && layout === null ? [problem('roll-no-header')] : []),
      ...noticeForbidden(columns),
      ...(header === null ? [] : noticeDuplicates(header)),
    ],
  });
}

function hide(
  rows: readonly (readonly string[])[],
  columns: readonly InspectedColumn[],
): (readonly string[])[] {
  const hidden = columns.filter(({ because }) => because === 'forbidden');
  if (hidden.length === 0) return [...rows];
  return rows.map((cells) =>
    cells.map((cell, at) => (hidden.some(({ column }) => column === at) ? '' : cell)),
  );
}

function noticeForbidden(columns: readonly InspectedColumn[]): Problem[] {
  return columns
    .filter(({ because }) => because === 'forbidden')
    .map(({ name, column }) =>
      problem('roll-forbidden-column', { name: name.trim() || String(column + 1) }),
    );
}

function noticeDuplicates(header: readonly string[]): Problem[] {
  const seen = new Set<string>();
  const twice = new Map<string, string>();
  for (const name of header) {
    const word = headerWord(name) || name.trim();
    if (word !== '' && seen.has(word)) twice.set(word, name.trim());
    seen.add(word);
  }
  return [...twice.values()].map((name) => problem('roll-duplicate-header', { name }));
}
