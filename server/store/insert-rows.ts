import { type Kysely, sql } from 'kysely';
import { engineOf } from './run-ddl.ts';
import type { Tables } from './tables.ts';

/** Rows of one statement: a few milliseconds of SQLite. */
const ROWS = 4000;

/**
 * Many rows of texts and whole numbers into one table, each statement's as one text: a statement with
 * a parameter for each value costs five times as much to build as to run.
 */
export async function insertRows(
  trx: Kysely<Tables>,
  table: keyof Tables,
  columns: Readonly<Record<string, 'text' | 'bigint'>>,
  rows: readonly (readonly (string | number)[])[],
): Promise<void> {
  const into = sql.join(Object.keys(columns).map((name) => sql.ref(name)));
  const types = Object.values(columns);
  for (let from = 0; from < rows.length; from += ROWS) {
    const text = JSON.stringify(rows.slice(from, from + ROWS));
    const values =
      engineOf(trx) === 'sqlite'
        ? sql`select ${sql.join(types.map((_, at) => sql`value ->> ${sql.lit(at)}`))}
            from json_each(${text})`
        : sql`select ${sql.join(types.map((type, at) => sql`(value ->> ${sql.lit(at)})::${sql.raw(type)}`))}
            from json_array_elements(${text}::json)`;
    await sql`insert into ${sql.table(table)} (${into}) ${values}`.execute(trx);
  }
}
