import type { ColumnUse, RollField } from '#shared/model/roll.ts';
import { rulesOf } from '#shared/privacy/rules/rule-packs.ts';
import { recogniseLayout } from '#shared/roll/layouts.ts';
import { mapColumns } from '#shared/roll/map-columns.ts';

/** Columns that a file has and that are not read, since some state refuses what is in them. */
export interface UnreadColumns {
  /** No list of faults may show them. */
  readonly hidden: readonly number[];
  /** Where the file says of nobody else how old they are: read to know who is a child, never kept. */
  readonly birthDate: number | null;
}

const AGES: ReadonlySet<RollField> = new Set(['age', 'birth-date', 'birth-year']);

/** What a header has beside the columns that are read. */
export function findUnread(
  header: readonly string[],
  columns: readonly ColumnUse[],
): UnreadColumns {
  const { refuses } = rulesOf(null);
  const read = new Set(columns.map(({ column }) => column));
  const unread = mapColumns(recogniseLayout(header), header, []).flatMap(({ column, use }) =>
    use !== null && refuses.includes(use.field) && !read.has(column) ? [use] : [],
  );
  const aged = columns.some(({ field }) => AGES.has(field));
  const born = aged ? undefined : unread.find(({ field }) => field === 'birth-date');
  return { hidden: unread.map(({ column }) => column), birthDate: born?.column ?? null };
}
