import type { ClientBase, QueryResultRow } from 'pg';
import { toParameter } from './postgres-text.ts';

/** How long a writer waits for the chapter's lock before it says that somebody else has it. */
const LOCK_MS = 10_000;

/** One connection that sees one schema, for statements of our own writing. */
export class PostgresSession {
  readonly #client: ClientBase;

  constructor(client: ClientBase) {
    this.#client = client;
  }

  /** A statement with parameters `$1`, `$2`…; a named one is parsed once a connection. */
  async query<R>(text: string, parameters: readonly unknown[] = [], name?: string): Promise<R[]> {
    const { rows } = await this.#client.query<QueryResultRow>({
      text,
      values: parameters.map(toParameter),
      ...(name !== undefined && { name }),
    });
    return rows as R[];
  }

  /** Gives how many rows a statement touched. */
  async run(text: string, parameters: readonly unknown[] = [], name?: string): Promise<number> {
    const { rowCount } = await this.#client.query({
      text,
      values: parameters.map(toParameter),
      ...(name !== undefined && { name }),
    });
    return rowCount ?? 0;
  }

  /** The same with parameters that no text of people is in, or where it is escaped already. */
  async runAsIs(text: string, parameters: readonly unknown[]): Promise<number> {
    return (await this.#client.query(text, [...parameters])).rowCount ?? 0;
  }

  /** One or more statements without parameters. */
  async exec(text: string): Promise<void> {
    await this.#client.query(text);
  }

  /** Begins a write transaction, which holds the lock until its end (P6). */
  async beginUnderLock(key: string): Promise<void> {
    await this.exec(
      `begin; set local lock_timeout = ${LOCK_MS}; select pg_advisory_xact_lock(${key})`,
    );
  }

  /**
   * Commits. PostgreSQL answers the commit of a transaction that has failed with a rollback and
   * without an error: nobody may take that for a commit.
   */
  async commit(): Promise<void> {
    const { command } = await this.#client.query('commit');
    if (command !== 'COMMIT') throw new Error('The transaction had failed and was rolled back.');
  }

  async rollback(): Promise<void> {
    await this.exec('rollback');
  }
}
