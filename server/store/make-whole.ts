import { statSync } from 'node:fs';
import { openSqlite } from './sqlite.ts';

/**
 * Brings what is still in a database's log into its file, so that the file alone is all of it. Closing
 * does not: a driver may keep a closed connection until its statements are collected. Throws when
 * somebody reads or writes meanwhile, and the file is not whole.
 */
export function makeWhole(path: string): void {
  const sqlite = openSqlite(path);
  try {
    sqlite.exec('pragma wal_checkpoint(truncate)');
  } finally {
    sqlite.close();
  }
  if ((statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) === 0) return;
  throw new Error(`The database ${path} could not be made one file: somebody has it open.`);
}
