import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import { BulkInsert } from './bulk-insert.ts';
import { sqliteDialect } from './kysely-sqlite.ts';
import { migrate } from './migrate.ts';
import type { PostgresChapterDb } from './postgres-chapter-db.ts';
import { openSqlite, type Sqlite } from './sqlite.ts';
import type { Tables } from './tables.ts';

/** Tables out of which a roll is matched, with what of them that takes. */
const NEEDED = {
  map_layers: ['name', 'geojson'],
  address_points: [
    'key',
    'source_id',
    'number',
    'street',
    'unit',
    'city',
    'zip',
    'lon',
    'lat',
    'address_key',
  ],
  settled_places: [
    'address_key',
    'lon',
    'lat',
    'address_id',
    'settled_by',
    'settled_at',
    'was_grade',
  ],
  buildings: [
    'key',
    'id',
    'address_key',
    'number',
    'street',
    'city',
    'zip',
    'lon',
    'lat',
    'grade',
    'precinct',
  ],
  doors: ['key', 'id', 'building_key', 'unit', 'unit_key'],
  people: ['key', 'id', 'kind', 'source_id', 'door_key'],
  suppressions: ['mark', 'kind', 'at'],
  erasures: ['mark', 'at', 'by_name', 'why'],
} as const;

export type Grown = 'buildings' | 'doors' | 'people';

/** A SQLite file with a chapter's places and people, for as long as an import lasts. */
export interface Scratch {
  readonly sqlite: Sqlite;
  /** The last key of each table that was copied: rows beyond it are new. */
  readonly last: Readonly<Record<Grown, number>>;
  remove(): void;
}

async function copyIn(db: PostgresChapterDb, sqlite: Sqlite): Promise<void> {
  const snapshot = await db.openSnapshot();
  try {
    for (const [table, columns] of Object.entries(NEEDED)) {
      const insert = new BulkInsert(sqlite, `insert into ${table}`, columns);
      let query = snapshot.db.selectFrom(table as keyof typeof NEEDED).select(columns as never);
      if (table === 'people') query = query.where('kind' as never, '=', 'voter' as never);
      sqlite.exec('begin');
      for await (const row of query.stream(1000)) {
        insert.add(...(Object.values(row) as (string | number | null | Uint8Array)[]));
      }
      insert.flush();
      sqlite.exec('commit');
    }
  } finally {
    await snapshot.close();
  }
}

/** The key of the marks, on a row that says nothing else. */
async function copyKey(db: PostgresChapterDb, sqlite: Sqlite): Promise<void> {
  const { suppress_key: key } = await db.read
    .selectFrom('chapter')
    .select('suppress_key')
    .executeTakeFirstOrThrow();
  sqlite
    .prepare(
      `insert into chapter (id, slug, name, time_zone, incarnation, secret, demo, created_at,
        suppress_key) values ('', '', '', '', '', x'', 0, 0, ?)`,
    )
    .run(key);
}

function lastKey(sqlite: Sqlite, table: Grown): number {
  const row = sqlite.prepare(`select max(key) as last from ${table}`).get();
  return (row as { last: number | null }).last ?? 0;
}

/** Copies what matching needs; the file goes with `remove`, or at the latest with its folder. */
export async function openScratch(db: PostgresChapterDb): Promise<Scratch> {
  mkdirSync(db.folder, { recursive: true, mode: 0o700 });
  const dir = mkdtempSync(join(db.folder, 'import-'));
  const sqlite = openSqlite(join(dir, 'scratch.db'));
  const remove = (): void => {
    sqlite.close();
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    await migrate(new Kysely<Tables>({ dialect: sqliteDialect(sqlite, true) }));
    // Nobody misses it after a power cut.
    sqlite.exec('PRAGMA synchronous = OFF');
    sqlite.exec('PRAGMA foreign_keys = OFF');
    await copyIn(db, sqlite);
    await copyKey(db, sqlite);
  } catch (error) {
    remove();
    throw error;
  }
  const last = {
    buildings: lastKey(sqlite, 'buildings'),
    doors: lastKey(sqlite, 'doors'),
    people: lastKey(sqlite, 'people'),
  };
  return { sqlite, last, remove };
}
