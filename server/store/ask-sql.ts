import { CompiledQuery, type Kysely } from 'kysely';
import { engineOf } from './run-ddl.ts';
import type { PostgresSession } from './postgres-session.ts';
import type { Sqlite, StatementSync } from './sqlite.ts';
import type { Tables } from './tables.ts';

export type SqlValue = string | number | null | Uint8Array;

/**
 * Runs one statement, its values as `$1`, `$2`…, in whatever transaction is open: for the few that
 * all ways to a chapter's database share, the log's own and the query builder's.
 */
export type AskSql = <R>(text: string, values?: readonly SqlValue[]) => Promise<R[]>;

const forSqlite = (text: string): string => text.replaceAll(/\$(\d+)/g, '?$1');

/** Statements that a connection keeps, by their text: a list of values makes a text of its own. */
const MOST_KEPT = 64;
const kept = new WeakMap<Sqlite, Map<string, StatementSync>>();

function prepared(sqlite: Sqlite, text: string): StatementSync {
  const of = kept.get(sqlite) ?? new Map<string, StatementSync>();
  kept.set(sqlite, of);
  const known = of.get(text);
  if (known !== undefined) return known;
  const made = sqlite.prepare(forSqlite(text));
  if (of.size < MOST_KEPT) of.set(text, made);
  return made;
}

export function askSqlite(sqlite: Sqlite): AskSql {
  return <R>(text: string, values: readonly SqlValue[] = []) =>
    Promise.resolve(prepared(sqlite, text).all(...values) as R[]);
}

export function askPostgres(session: PostgresSession): AskSql {
  return <R>(text: string, values: readonly SqlValue[] = []) =>
    session.query<R>(
      text,
      values.map((value) => (value instanceof Uint8Array ? Buffer.from(value) : value)),
    );
}

export function askKysely(db: Kysely<Tables>): AskSql {
  const words = engineOf(db) === 'sqlite' ? forSqlite : (text: string) => text;
  return async <R>(text: string, values: readonly SqlValue[] = []) => {
    const { rows } = await db.executeQuery<R>(CompiledQuery.raw(words(text), [...values]));
    return rows;
  };
}
