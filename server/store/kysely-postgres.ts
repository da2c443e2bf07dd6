import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type { PoolClient } from 'pg';
import Cursor from 'pg-cursor';
import type { FixedQuery } from './fixed-query.ts';
import type { PostgresServer } from './postgres-server.ts';
import { PostgresSession } from './postgres-session.ts';
import { toParameter } from './postgres-text.ts';

/** Rows that a stream asks for at a time. */
const FETCH = 1000;

class Connection implements DatabaseConnection {
  readonly client: PoolClient;
  readonly session: PostgresSession;
  broken = false;

  constructor(client: PoolClient) {
    this.client = client;
    this.session = new PostgresSession(client);
  }

  async executeQuery<R>(query: CompiledQuery | FixedQuery): Promise<QueryResult<R>> {
    const { command, rows, rowCount } = await this.client.query({
      text: query.sql,
      values: query.parameters.map(toParameter),
      // Parsed and planned once a connection.
      ...('name' in query && { name: query.name }),
    });
    const writes = ['INSERT', 'UPDATE', 'DELETE', 'MERGE'].includes(command);
    return {
      rows: rows as R[],
      ...(writes && { numAffectedRows: BigInt(rowCount ?? 0) }),
    };
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    const parameters = query.parameters.map(toParameter);
    const cursor = this.client.query(new Cursor<R>(query.sql, parameters));
    try {
      for (;;) {
        const rows = await cursor.read(FETCH);
        if (rows.length === 0) return;
        yield { rows };
      }
    } finally {
      await cursor.close();
    }
  }
}

export interface PostgresDialectOptions {
  readonly server: PostgresServer;
  readonly schema: string;
  /** Taken first by each transaction; null for reading, where a transaction is one snapshot. */
  readonly lock: string | null;
}

class PostgresDriver implements Driver {
  readonly #options: PostgresDialectOptions;

  constructor(options: PostgresDialectOptions) {
    this.#options = options;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<Connection> {
    const { server, schema } = this.#options;
    return new Connection(await server.takeConnection(schema));
  }

  async releaseConnection(connection: Connection): Promise<void> {
    this.#options.server.giveBack(connection.client, connection.broken);
  }

  async beginTransaction(connection: Connection): Promise<void> {
    const { session } = connection;
    const { lock } = this.#options;
    try {
      if (lock !== null) await session.beginUnderLock(lock);
      else await session.exec('begin isolation level repeatable read read only');
    } catch (error) {
      // Nobody will end what may have begun.
      connection.broken = true;
      throw error;
    }
  }

  async commitTransaction(connection: Connection): Promise<void> {
    try {
      await connection.session.commit();
    } catch (error) {
      connection.broken = true;
      throw error;
    }
  }

  async rollbackTransaction(connection: Connection): Promise<void> {
    if (connection.broken) return;
    try {
      await connection.session.rollback();
    } catch {
      // The error that led here is the one to tell; the connection is not used again.
      connection.broken = true;
    }
  }

  async destroy(): Promise<void> {}
}

/** Kysely over one schema of a PostgreSQL server. */
export function postgresDialect(options: PostgresDialectOptions): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new PostgresDriver(options),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}
