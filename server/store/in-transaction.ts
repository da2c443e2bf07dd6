import { rollBack } from './roll-back.ts';
import type { Sqlite } from './sqlite.ts';

/** One write transaction over synchronous work: all of it or nothing. */
export function inTransaction<T>(sqlite: Sqlite, work: () => T): T {
  sqlite.exec('begin immediate');
  try {
    const value = work();
    sqlite.exec('commit');
    return value;
  } catch (error) {
    rollBack(sqlite);
    throw error;
  }
}
