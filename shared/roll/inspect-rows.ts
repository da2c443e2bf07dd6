import { findWord } from './find-word.ts';
import { problem, type Problem } from '../kernel/problem.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import type { RollInspection, RollMapping } from '../model/roll.ts';
import { electionOfColumn } from './election.ts';
import { COMMON_HEADERS, headerWord, recogniseLayout } from './layouts.ts';
import { mapColumns } from './map-columns.ts';

export interface InspectedFile {
  readonly fileName: string;
  /** Size of the whole file in bytes. */
  readonly bytes: number;
  readonly encoding: RollMapping['encoding'];
  readonly delimiter: RollMapping['delimiter'];
}

const PREVIEW_ROWS = 20;

/**
 * What a look at the beginning of a voter file tells: its layout and what each column is taken for.
 * `header` is the first row as written, `rows` the next ones (50 are plenty). Problems: roll-empty,
 * roll-no-header.
 */
export function inspectRows(
  file: InspectedFile,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): Result<RollInspection> {
  if (header.every((name) => name.trim() === '')) return fail(problem('roll-empty'));
  const layout = recogniseLayout(header);
  if (layout === null && !looksLikeHeader(header)) return fail(problem('roll-no-header'));
  return ok({
    ...file,
    layout: layout?.id ?? null,
    columns: mapColumns(layout, header, rows),
    preview: rows.slice(0, PREVIEW_ROWS),
    notices: noticeDuplicates(header),
  });
}

/** A first row with numbers or dates among its cells and no word that we know is a row of data. */
function looksLikeHeader(header: readonly string[]): boolean {
  const names = header.map((name) => name.trim()).filter((name) => name !== '');
  const known = names.filter(
    (name) =>
      findWord(COMMON_HEADERS, headerWord(name)) !== undefined || electionOfColumn(name) !== null,
  );
  if (known.length >= 2) return true;
  const data = names.filter((name) => /^[\d.,/ -]+$/.test(name) || /@|\d{4}-\d\d/.test(name));
  return names.length > 1 && data.length === 0;
}

function noticeDuplicates(header: readonly string[]): Problem[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const name of header) {
    const trimmed = name.trim();
    if (trimmed !== '' && seen.has(trimmed)) twice.add(trimmed);
    seen.add(trimmed);
  }
  return [...twice].map((name) => problem('roll-duplicate-header', { name }));
}
