import type { StatementSync } from './sqlite.ts';

/** Statements that are being read row by row. */
const reading = new Set<StatementSync>();

/**
 * The rows of a statement one by one. Use it instead of `iterate`: the drop-in driver frees a
 * statement that only its own iterator still needs, and then the process dies (measured: an export
 * of 28,000 knocks on Node 20). The statement is kept here while it is read.
 */
export function* eachRow<T>(
  statement: StatementSync,
  ...parameters: Parameters<StatementSync['iterate']>
): Generator<T> {
  reading.add(statement);
  try {
    yield* statement.iterate(...parameters) as Iterable<T>;
  } finally {
    reading.delete(statement);
  }
}
