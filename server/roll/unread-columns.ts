import type { ColumnUse, RollField, RollMapping } from '#shared/model/roll.ts';
import { rulesOf } from '#shared/privacy/rules/rule-packs.ts';
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
  { layout: id, delimiter }: Pick<RollMapping, 'layout' | 'delimiter'>,
  columns: readonly ColumnUse[],
): UnreadColumns {
  const layout = header === null ? layoutByPlace(id, delimiter) : recogniseLayout(header);
  const names = header ?? layout?.columns ?? [];
  const { refuses } = rulesOf(null);
  const read = new Set(columns.map(({ column }) => column));
  const unread = mapColumns(layout, names, []).flatMap(({ column, use }) =>
    use !== null && refuses.includes(use.field) && !read.has(column) ? [use] : [],
  );
  const aged = columns.some(({ field }) => AGES.has(field));
  const born = aged ? undefined : unread.find(({ field }) => field === 'birth-date');
  return { hidden: unread.map(({ column }) => column), birthDate: born?.column ?? null };
}
