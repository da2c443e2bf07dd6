import { ALL_TABLES } from '../store/copy-tables.ts';
import type { Sqlite } from '../store/sqlite.ts';

/** Rows by table: what a backup is compared with when it is opened again. */
export type RowCounts = Readonly<Record<string, number>>;

/** How many rows each table has; those that an older version does not know are left out. */
export function countRows(sqlite: Sqlite): RowCounts {
  const there = sqlite.prepare(`select name from sqlite_schema where type = 'table'`).all() as {
    name: string;
  }[];
  const names = new Set(there.map(({ name }) => name));
  const counts: Record<string, number> = {};
  for (const table of ALL_TABLES) {
    if (!names.has(table)) continue;
    const { n } = sqlite.prepare(`select count(*) as n from ${table}`).get() as { n: number };
    counts[table] = n;
  }
  return counts;
}

/** The tables in which two counts differ. */
export function differingCounts(one: RowCounts, other: RowCounts): readonly string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(
    (table) => one[table] !== other[table],
  );
}
