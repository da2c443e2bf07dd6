import type { PostgresSession } from './postgres-session.ts';
import { escapeNul } from './postgres-text.ts';

export type Cell = string | number | null | Uint8Array;
export type Row = Readonly<Record<string, Cell>>;

/** Rows of one statement. */
const AT_ONCE = 1000;

function toJson(_: string, value: unknown): unknown {
  if (typeof value === 'string') return escapeNul(value);
  return value;
}

/** Bytes as PostgreSQL reads them; JSON has none. */
function plain(row: Row): Row {
  const bytes = Object.entries(row).filter(([, cell]) => cell instanceof Uint8Array);
  if (bytes.length === 0) return row;
  const words = bytes.map(([name, cell]) => [
    name,
    `\\x${Buffer.from(cell as Uint8Array).toString('hex')}`,
  ]);
  return { ...row, ...(Object.fromEntries(words) as Row) };
}

/**
 * Adds rows to a table, a thousand at a time; all have the columns of the first. `conflict` is what
 * follows the insert.
 */
export async function sendRows(
  session: PostgresSession,
  table: string,
  rows: readonly Row[],
  conflict = '',
): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.keys(first)
    .map((name) => `"${name}"`)
    .join(', ');
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    const some = JSON.stringify(rows.slice(at, at + AT_ONCE).map(plain), toJson);
    await session.runAsIs(
      `insert into ${table} (${columns}) select ${columns}
        from json_populate_recordset(null::${table}, $1) ${conflict}`,
      [some],
    );
  }
}
