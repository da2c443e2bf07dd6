import { openSqlite } from './sqlite.ts';

/**
 * Takes a file for this process alone, until what it gives is called; null when somebody has it.
 * A write lock: the system lets go of it however the process ends, so that nothing is left behind
 * by a power cut.
 */
export function claimFile(path: string): (() => void) | null {
  const claim = openSqlite(path);
  try {
    claim.exec('PRAGMA busy_timeout = 0');
    claim.exec('begin immediate');
  } catch {
    claim.close();
    return null;
  }
  return () => {
    // A driver may keep a closed connection's locks until its statements are collected.
    claim.exec('rollback');
    claim.close();
  };
}
