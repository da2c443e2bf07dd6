import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { eachRow } from './each-row.ts';
import { IdleSqlite } from './idle-sqlite.ts';
import { rollBack } from './roll-back.ts';
import type { Sqlite, StatementSync } from './sqlite.ts';

type Value = string | number | bigint | null | Uint8Array;

/** Booleans and undefined do not exist in SQLite; everything else is passed as it is. */
function toValue(parameter: unknown): Value {
  if (parameter === undefined || parameter === null) return null;
  if (typeof parameter === 'boolean') return parameter ? 1 : 0;
  return parameter as Value;
}

/** Rows that a stream gives at a time. */
const FETCH = 100;
/** So many compiled statements are kept for each connection. */
const KEPT = 300;

class Connection implements DatabaseConnection {
  readonly sqlite: Sqlite;
  readonly #statements = new Map<string, StatementSync>();
  constructor(sqlite: Sqlite) {
    this.sqlite = sqlite;
  }

  /** Compiling costs SQLite more than most of our queries do; one run at a time shares it. */
  #prepare(text: string): StatementSync {
    const known = this.#statements.get(text);
    if (known !== undefined) return known;
    const made = this.sqlite.prepare(text);
    if (this.#statements.size >= KEPT) this.#statements.clear();
    this.#statements.set(text, made);
    return made;
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const statement = this.#prepare(query.sql);
    const parameters = query.parameters.map(toValue);
    const reads = /^\s*(select|with|pragma|explain)\b/i.test(query.sql);
    if (reads || /\breturning\b/i.test(query.sql)) {
      return Promise.resolve({ rows: statement.all(...parameters) as R[] });
    }
    const { changes, lastInsertRowid } = statement.run(...parameters);
    return Promise.resolve({
      rows: [],
      numAffectedRows: BigInt(changes),
      insertId: BigInt(lastInsertRowid),
    });
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    const statement = this.sqlite.prepare(query.sql);
    let rows: R[] = [];
    for (const row of eachRow<R>(statement, ...query.parameters.map(toValue))) {
      rows.push(row);
      if (rows.length < FETCH) continue;
      yield { rows };
      rows = [];
    }
    if (rows.length > 0) yield { rows };
  }
}

/**
 * One connection, one user of it at a time. Write transactions begin IMMEDIATE, so that two
 * writers wait for each other at the start instead of failing in the middle.
 */
class SqliteDriver implements Driver {
  #connection: Connection | null = null;
  readonly #begin: string;
  #tail: Promise<void> = Promise.resolve();
  #release: () => void = () => {};
  readonly #source: Sqlite | IdleSqlite;

  constructor(source: Sqlite | IdleSqlite, writes: boolean) {
    this.#source = source;
    // A driver keeps a closed file open while somebody keeps its statements.
    if (source instanceof IdleSqlite) source.whenClosed(() => (this.#connection = null));
    this.#begin = writes ? 'begin immediate' : 'begin';
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#tail;
    let release = (): void => {};
    this.#tail = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    this.#release = release;
    try {
      const sqlite = this.#source instanceof IdleSqlite ? this.#source.take() : this.#source;
      // Compiled statements belong to one connection and go with it.
      if (this.#connection?.sqlite !== sqlite) this.#connection = new Connection(sqlite);
      return this.#connection;
    } catch (error) {
      release();
      throw error;
    }
  }

  async releaseConnection(): Promise<void> {
    if (this.#source instanceof IdleSqlite) this.#source.rest();
    this.#release();
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(this.#begin));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(): Promise<void> {
    if (this.#connection !== null) rollBack(this.#connection.sqlite);
  }

  async destroy(): Promise<void> {
    await this.#tail;
    this.#source.close();
  }
}

/** Kysely over the `node:sqlite` API. `writes` false makes snapshot reads. */
export function sqliteDialect(source: Sqlite | IdleSqlite, writes: boolean): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new SqliteDriver(source, writes),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}
