import { CompiledQuery, type Kysely } from 'kysely';
import { engineOf } from './run-ddl.ts';
import type { PostgresSession } from './postgres-session.ts';
import type { Sqlite } from './sqlite.ts';
import type { Tables } from './tables.ts';

export type SqlValue = string | number | null | Uint8Array;

/**
 * Runs one statement, its values as `$1`, `$2`…, in whatever transaction is open: for the few that
 * all ways to a chapter's database share, the log's own and the query builder's.
 */
export type AskSql = <R>(text: string, values?: readonly SqlValue[]) => Promise<R[]>;

const forSqlite = (text: string): string => text.replaceAll(/\$(\d+)/g, '?$1');

export function askSqlite(sqlite: Sqlite): AskSql {
  return <R>(text: string, values: readonly SqlValue[] = []) =>
    Promise.resolve(sqlite.prepare(forSqlite(text)).all(...values) as R[]);
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
