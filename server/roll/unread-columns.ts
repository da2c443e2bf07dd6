import type { AppliedMapping, ColumnUse, RollField } from '#shared/model/roll.ts';
import { rulesOf } from '#shared/privacy/rules/rule-packs.ts';
import { isForbiddenHeader } from '#shared/roll/forbidden-header.ts';
import { layoutByPlace, recogniseLayout } from '#shared/roll/layouts.ts';
import { mapColumns } from '#shared/roll/map-columns.ts';

/** Columns that a file has and that are not read, since some state refuses what is in them. */
export interface UnreadColumns {
  /** No list of faults may show them. */
  readonly hidden: readonly number[];
  /** Where the file says of nobody else how old they are: read to know who is a child, never kept. */
  readonly birthDate: number | null;
}

const AGES: ReadonlySet<RollField> = new Set(['age', 'birth-date', 'birth-year']);

/**
 * What a file has beside the columns that are read: by its header, or by the places of its layout
 * where it comes without one (`header` null).
 */
export function findUnread(
  header: readonly string[] | null,
  {
    layout: id,
    delimiter,
    withheld = [],
  }: Pick<AppliedMapping, 'layout' | 'delimiter' | 'withheld'>,
  columns: readonly ColumnUse[],
): UnreadColumns {
  const layout = header === null ? layoutByPlace(id, delimiter) : recogniseLayout(header);
  const names = header ?? layout?.columns ?? [];
  const { refuses } = rulesOf(null);
  const read = new Set(columns.map(({ column }) => column));
  const known = mapColumns(layout, names, []).flatMap(({ use }) => (use === null ? [] : [use]));
  // What somebody took a column for, though nothing in the file says so, counts first.
  const taken = [
    ...withheld,
    ...known.filter((use) => withheld.every(({ column }) => column !== use.column)),
  ];
  const unread = taken.filter(({ column, field }) => refuses.includes(field) && !read.has(column));
  const aged = columns.some(({ field }) => AGES.has(field));
  const born = aged ? undefined : unread.find(({ field }) => field === 'birth-date');
  return { hidden: unread.map(({ column }) => column), birthDate: born?.column ?? null };
}

/** A column that is in no roll: by its place, and why. */
export interface LeftOutColumn {
  readonly column: number;
  readonly reason: 'column-forbidden' | 'column-withheld';
}

/**
 * The columns of a file with this header that nobody may keep, or that are not read under the terms
 * by which these `columns` were chosen.
 */
export function findLeftOut(
  header: readonly string[],
  mapping: Pick<AppliedMapping, 'layout' | 'delimiter' | 'headerLine' | 'withheld'>,
  columns: readonly ColumnUse[],
): LeftOutColumn[] {
  const named = mapping.headerLine !== 0;
  const forbidden = header.flatMap((name, at) => (named && isForbiddenHeader(name) ? [at] : []));
  const { hidden } = findUnread(named ? header : null, mapping, columns);
  return [
    ...forbidden.map((column) => ({ column, reason: 'column-forbidden' as const })),
    ...hidden
      .filter((column) => !forbidden.includes(column))
      .map((column) => ({ column, reason: 'column-withheld' as const })),
  ];
}
