import type { Sqlite } from './sqlite.ts';

/**
 * Ends a write transaction without its writes. A full disk or a failed commit has often rolled back
 * already; a second error about that would hide the first, which is the one to tell.
 */
export function rollBack(sqlite: Pick<Sqlite, 'exec'>): void {
  try {
    sqlite.exec('rollback');
  } catch {
    // No transaction is open: that is what was wanted.
  }
}
