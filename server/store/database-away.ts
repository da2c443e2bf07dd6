/**
 * PostgreSQL's codes for a lock that somebody holds, a server that ends or is full, a table or a
 * database that is gone or lets nobody in or write for now.
 */
const CODES = new Set(
  '55P03 57P01 57P02 57P03 57P04 53300 40P01 42P01 3F000 3D000 55000 25006 28000 28P01'.split(' '),
);
/** The network's. */
const SYSTEM = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH']);
const SQLITE_BUSY = 5;

/**
 * True for an error that will pass by itself: the database cannot be reached, somebody holds its lock
 * for long, or the chapter has just been moved elsewhere. Nothing of the request was kept.
 */
export function isDatabaseAway(error: unknown): boolean {
  const { code, errcode, syscall, message } = error as {
    readonly code?: unknown;
    readonly errcode?: unknown;
    readonly syscall?: unknown;
    readonly message?: unknown;
  };
  if (errcode === SQLITE_BUSY || syscall === 'connect') return true;
  if (typeof code === 'string' && (CODES.has(code) || SYSTEM.has(code) || code.startsWith('08'))) {
    return true;
  }
  return (
    typeof message === 'string' &&
    /^(Connection terminated|timeout exceeded when trying to connect|database is locked)/.test(
      message,
    )
  );
}
