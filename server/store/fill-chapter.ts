import { BulkInsert } from './bulk-insert.ts';
import { ALL_TABLES, type Sink } from './copy-tables.ts';
import { inTransaction } from './in-transaction.ts';
import type { PostgresChapterDb } from './postgres-chapter-db.ts';
import { sendRows } from './postgres-rows.ts';
import type { SqliteChapterDb } from './sqlite-chapter-db.ts';

/** Tables whose keys are given out by the database. */
const KEYED = [
  'devices',
  'address_points',
  'buildings',
  'doors',
  'people',
  'held_ops',
  'opt_out_clears',
  'sweeps',
  'backups',
];

/** Fills a new, empty chapter's file. Nobody else may use it meanwhile. */
export async function fillFile(
  db: SqliteChapterDb,
  copy: (sink: Sink) => Promise<void>,
): Promise<void> {
  await db.exclusive(async (sqlite) => {
    // Rows come in their tables' order, and were checked where they lived.
    sqlite.exec('PRAGMA foreign_keys = OFF');
    await copy((table, rows) => {
      const columns = Object.keys(rows[0] ?? {});
      const insert = new BulkInsert(
        sqlite,
        `insert into ${table}`,
        columns.map((column) => `"${column}"`),
      );
      inTransaction(sqlite, () => {
        for (const row of rows) insert.add(...columns.map((column) => row[column] ?? null));
        insert.flush();
      });
      return Promise.resolve();
    });
    sqlite.exec('PRAGMA foreign_keys = ON');
  });
}

/** Fills a new, empty chapter's schema, a chunk a transaction, and goes on with its keys. */
export async function fillSchema(
  db: PostgresChapterDb,
  copy: (sink: Sink) => Promise<void>,
): Promise<void> {
  await db.server.use(db.schema, async (session) => {
    await copy((table, rows) => sendRows(session, table, rows));
    for (const table of KEYED) {
      await session.query(
        `select setval(pg_get_serial_sequence('${table}', 'key'), coalesce(max(key), 1),
          max(key) is not null) from ${table}`,
      );
    }
    await session.exec(`analyze ${ALL_TABLES.join(', ')}`);
  });
}
