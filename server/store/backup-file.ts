import { closeSync, fsyncSync, openSync, readSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ChapterId } from '#shared/kernel/ids.ts';
import { openSqlite, type Sqlite } from './sqlite.ts';

/** What a chapter's file says of itself. */
export interface BackupFacts {
  readonly id: ChapterId;
  readonly slug: string;
  readonly name: string;
  readonly createdAt: number;
  readonly incarnation: string;
  /** The chapter's clock. */
  readonly seq: number;
  readonly facts: number;
  readonly held: number;
}

const MAGIC = 'SQLite format 3\0';

/** True when the file begins as every SQLite database does. */
export function looksLikeSqlite(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(MAGIC.length);
    return readSync(file, head) === head.length && head.toString('latin1') === MAGIC;
  } finally {
    closeSync(file);
  }
}

/** Puts on the disk what was written to a file or to a folder. */
export function syncPath(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The file and the name that it got, on the disk. */
export function syncFile(path: string): void {
  syncPath(path);
  syncPath(dirname(path));
}

/**
 * Copies a database as it is at one moment, on a connection of its own: whoever writes goes on
 * meanwhile. `to` must not exist; it is one whole file afterwards, not yet on the disk for sure.
 */
export function copyAtOneMoment(from: string, to: string): void {
  // Nobody else's eyes, from its first byte: SQLite writes into a file that is there and empty.
  closeSync(openSync(to, 'wx', 0o600));
  const sqlite = openSqlite(from, { readOnly: true });
  try {
    sqlite.prepare('vacuum into ?').run(to);
  } finally {
    sqlite.close();
  }
}

/** Runs work on a file that nobody else has open, and leaves it one whole file. */
export function inFile<T>(path: string, work: (sqlite: Sqlite) => T): T {
  const sqlite = openSqlite(path);
  try {
    const done = work(sqlite);
    sqlite.exec('pragma journal_mode = delete');
    return done;
  } finally {
    sqlite.close();
  }
}

/** Why the file cannot be trusted, in SQLite's words, or null. Reads all of it. */
export function findDamage(sqlite: Sqlite): string | null {
  const rows = sqlite.prepare('pragma integrity_check(1)').all() as { integrity_check: string }[];
  const said = rows[0]?.integrity_check ?? 'nothing came back';
  return said === 'ok' ? null : said;
}

/** What the file says of itself; null when it is no chapter. */
export function readFacts(sqlite: Sqlite): BackupFacts | null {
  const tables = sqlite
    .prepare(
      `select count(*) as n from sqlite_schema where type = 'table'
       and name in ('chapter', 'clock', 'ops', 'held_ops', 'devices', 'kysely_migration')`,
    )
    .get() as { n: number };
  if (tables.n !== 6) return null;
  const rows = sqlite
    .prepare(
      `select id, slug, name, created_at as createdAt, incarnation, seq,
        (select count(*) from ops) as facts, (select count(*) from held_ops) as held
       from chapter, clock`,
    )
    .all() as BackupFacts[];
  const [facts, ...more] = rows;
  return facts === undefined || more.length > 0 ? null : { ...facts };
}
