import { createHash } from 'node:crypto';
import type * as Driver from 'pg';
import type { Client, CustomTypesConfig, Pool, PoolClient } from 'pg';
import { NotDurableError } from './not-durable.ts';
import { PostgresSession } from './postgres-session.ts';
import { unescapeNul } from './postgres-text.ts';

/** Connections of one process to one server. Each writer may need a second one to read. */
const CONNECTIONS = 20;
const WRITERS = 8;
const CONNECT_MS = 10_000;

type Pg = typeof Driver;

/** Only once somebody has chapters on PostgreSQL: every other start would read it for nothing. */
const loadDriver = (): Promise<Pg> => import('pg');

const toNumber = (text: string): number => Number(text);

/** Values as SQLite gives them: whole numbers and sums as numbers, flags as 0 and 1. */
function ourTypes({ types }: Pg): CustomTypesConfig {
  const { builtins } = types;
  const parsers = new Map<number, (text: string) => unknown>([
    [builtins.BOOL, (text) => (text === 't' ? 1 : 0)],
    [builtins.BYTEA, (text) => new Uint8Array(Buffer.from(text.slice(2), 'hex'))],
    [builtins.INT8, toNumber],
    [builtins.NUMERIC, toNumber],
    [builtins.TEXT, unescapeNul],
    [builtins.VARCHAR, unescapeNul],
  ]);
  const getTypeParser = (oid: Parameters<typeof types.getTypeParser>[0], format: 'text') =>
    parsers.get(oid) ?? types.getTypeParser(oid, format);
  return { getTypeParser: getTypeParser as typeof types.getTypeParser };
}

/** A lock's name as the 64-bit number that PostgreSQL wants. */
export function lockKey(name: string): string {
  return createHash('sha256').update(name).digest().readBigInt64BE().toString();
}

/** As the server has it for a new connection; throws when commits would not be durable. */
async function readCommitSetting(client: Pick<Client, 'query'>): Promise<string> {
  const { rows } = await client.query<{ synchronous_commit: string }>('show synchronous_commit');
  const setting = rows[0]?.synchronous_commit ?? '';
  if (setting === 'on' || setting === 'remote_apply') return setting;
  throw new NotDurableError('The PostgreSQL server', `synchronous_commit = ${setting}`, 'on');
}

/**
 * One PostgreSQL server with its connections, shared by all chapters that live there: a chapter is
 * a schema, and a connection that is handed out looks at one schema alone.
 */
export class PostgresServer {
  /** As in the placement table: `main` for DATABASE_URL. */
  readonly name: string;
  readonly url: string;
  readonly #driver: Pg;
  readonly #types: CustomTypesConfig;
  readonly #pool: Pool;
  readonly #paths = new WeakMap<PoolClient, string>();
  readonly #waiting: (() => void)[] = [];
  #writers = 0;

  private constructor(driver: Pg, name: string, url: string, connections: number) {
    this.#driver = driver;
    this.#types = ourTypes(driver);
    this.name = name;
    this.url = url;
    this.#pool = new driver.Pool({
      connectionString: url,
      max: connections,
      connectionTimeoutMillis: CONNECT_MS,
      application_name: 'homeground',
      types: this.#types,
    });
    // One that breaks while nobody uses it leaves the pool; whoever comes next gets another.
    this.#pool.on('error', () => {});
    // One that breaks in somebody's hands between two statements fails their next one; without a
    // listener it would end the process.
    this.#pool.on('connect', (client) => client.on('error', () => {}));
  }

  /** Connects and checks that commits there are durable; throws when they are not. */
  static async open(
    name: string,
    url: string,
    connections: number = CONNECTIONS,
  ): Promise<PostgresServer> {
    const server = new PostgresServer(await loadDriver(), name, url, connections);
    try {
      await server.use('pg_catalog', () => Promise.resolve());
    } catch (error) {
      await server.close();
      throw error;
    }
    return server;
  }

  /** A connection that sees one schema; give it back with `giveBack`. */
  async takeConnection(schema: string): Promise<PoolClient> {
    const client = await this.#pool.connect();
    try {
      const before = this.#paths.get(client);
      if (before === schema) return client;
      if (before === undefined) {
        const setting = await readCommitSetting(client);
        // Whatever the server is told later, this connection stays as it was found.
        await client.query(`set synchronous_commit to ${setting}`);
      }
      await client.query(`set search_path to "${schema}"`);
      this.#paths.set(client, schema);
      return client;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  /** `broken` when nobody can tell what state it is in: it is closed then. */
  giveBack(client: PoolClient, broken = false): void {
    client.release(broken);
  }

  /**
   * Runs work on a connection that sees one schema. `ahead` sends each statement without waiting for
   * the answers to those before it; then nothing may be read through a cursor.
   */
  async use<T>(
    schema: string,
    work: (session: PostgresSession) => Promise<T>,
    ahead = false,
  ): Promise<T> {
    const client = await this.takeConnection(schema);
    try {
      // Nothing is under way on it: it may be told here and need not be made so.
      if (ahead) Object.assign(client, { pipeline: true });
      const done = await work(new PostgresSession(client));
      if (ahead) Object.assign(client, { pipeline: false });
      this.giveBack(client);
      return done;
    } catch (error) {
      this.giveBack(client, true);
      throw error;
    }
  }

  /** Waits for one of the places of writers: some connections are always left for reading. */
  async takeWriterPlace(): Promise<void> {
    if (this.#writers < WRITERS) {
      this.#writers += 1;
      return;
    }
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  leaveWriterPlace(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#writers -= 1;
    else next();
  }

  /**
   * A connection of its own, for what lasts: a claim, listening. Whoever takes it ends it. A query
   * that takes longer than `patienceMs` fails.
   */
  async openClient(patienceMs?: number): Promise<Client> {
    const client = new this.#driver.Client({
      connectionString: this.url,
      connectionTimeoutMillis: CONNECT_MS,
      application_name: 'homeground',
      keepAlive: true,
      ...(patienceMs !== undefined && { query_timeout: patienceMs }),
      types: this.#types,
    });
    await client.connect();
    return client;
  }

  /** The setting with which a commit on a new connection would not be durable; null when it is. */
  async findWeakness(): Promise<string | null> {
    const client = await this.openClient(CONNECT_MS);
    client.on('error', () => {});
    try {
      await readCommitSetting(client);
      return null;
    } catch (error) {
      if (error instanceof NotDurableError) return error.setting;
      throw error;
    } finally {
      await client.end();
    }
  }

  /**
   * Takes a name for this process alone, until what it gives is called or the process ends; null
   * when somebody has it.
   */
  async claim(name: string): Promise<(() => Promise<void>) | null> {
    const client = await this.openClient();
    client.on('error', () => {});
    const { rows } = await client.query<{ got: number }>('select pg_try_advisory_lock($1) as got', [
      lockKey(name),
    ]);
    if (rows[0]?.got === 1) return () => client.end();
    await client.end();
    return null;
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}
