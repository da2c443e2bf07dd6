import { statSync } from 'node:fs';
import { emptyLog } from './sqlite.ts';

/** True when the database has something in its log that its file lacks. */
export function hasLog(path: string): boolean {
  return (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

/**
 * Makes the file alone all of its database. Closing does not: a driver may keep a closed connection.
 * Throws when somebody reads or writes meanwhile, and the file is not whole.
 */
export function makeWhole(path: string): void {
  emptyLog(path);
  if (!hasLog(path)) return;
  throw new Error(`The database ${path} could not be made one file: somebody has it open.`);
}
