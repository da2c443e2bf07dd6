import { chmodSync, closeSync, openSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import type {
  DatabaseSyncInstance as Sqlite,
  StatementSyncInstance as StatementSync,
} from '@photostructure/sqlite';
import { NotDurableError } from './not-durable.ts';

export type { Sqlite, StatementSync };

const require = createRequire(import.meta.url);

interface Driver {
  readonly DatabaseSync: new (
    path: string,
    options?: { readOnly?: boolean; timeout?: number; enableForeignKeyConstraints?: boolean },
  ) => Sqlite;
}

/** `node:sqlite` where Node has it (22.13 and later), else the drop-in of the same API. */
function loadDriver(): Driver {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const builtIn = major > 22 || (major === 22 && minor >= 13);
  return require(builtIn ? 'node:sqlite' : '@photostructure/sqlite') as Driver;
}

const driver = loadDriver();

/**
 * Lets nobody but whoever runs the server read a database: SQLite makes files that everybody may
 * read, and gives its log and its index the rights that the file has. One of another owner is left
 * as it is, and one that is there is never opened here: closing it would let go of SQLite's locks.
 */
function keepPrivate(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) closeSync(openSync(path, 'wx', 0o600));
  else if ((found.mode & 0o077) !== 0 && found.uid === process.getuid?.()) chmodSync(path, 0o600);
}

/**
 * Opens a database file so that an acknowledged commit survives a power cut: WAL, synchronous FULL,
 * foreign keys, and 5 s of patience with another connection's write. Set on every open, since some
 * drivers reopen a WAL file at NORMAL; throws when the setting did not take.
 */
export function openSqlite(path: string, options: { readOnly?: boolean } = {}): Sqlite {
  const readOnly = options.readOnly ?? false;
  if (!readOnly) keepPrivate(path);
  const sqlite = new driver.DatabaseSync(path, { readOnly });
  sqlite.exec('PRAGMA busy_timeout = 5000');
  if (!readOnly) {
    sqlite.exec('PRAGMA journal_mode = WAL');
    // A push at a door dirties a page a fact: a checkpoint at every second commit would cost as much
    // as the commits do.
    sqlite.exec('PRAGMA wal_autocheckpoint = 4000');
    sqlite.exec('PRAGMA journal_size_limit = 67108864');
    // In KiB, as far as it is used. A group of two thousand facts at as many doors dirties a thousand
    // pages: with the 2 MB that are usual they would go to the disk twice.
    sqlite.exec('PRAGMA cache_size = -8000');
  }
  sqlite.exec('PRAGMA synchronous = FULL');
  sqlite.exec('PRAGMA foreign_keys = ON');
  const level = sqlite.prepare('PRAGMA synchronous').get() as { synchronous: number };
  const journal = sqlite.prepare('PRAGMA journal_mode').get() as { journal_mode: string };
  if (level.synchronous !== 2 || journal.journal_mode !== 'wal') {
    sqlite.close();
    const setting = `journal_mode = ${journal.journal_mode}, synchronous = ${level.synchronous}`;
    throw new NotDurableError(`The database ${path}`, setting, 'WAL and FULL');
  }
  return sqlite;
}

/**
 * Brings what a database still has in its log into its file, as far as nobody else reads or writes,
 * and lets go of it at once: nothing is prepared here, since a driver may keep a closed connection
 * until its statements are collected.
 */
export function emptyLog(path: string): void {
  const sqlite = new driver.DatabaseSync(path);
  try {
    sqlite.exec('PRAGMA busy_timeout = 5000');
    sqlite.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    sqlite.close();
  }
}
