import { setTimeout as wait } from 'node:timers/promises';
import {
  type ControlledTransaction,
  HandleEmptyInListsPlugin,
  Kysely,
  replaceWithNoncontingentExpression,
  sql,
  type Transaction,
} from 'kysely';
import type { ChapterId } from '#shared/kernel/ids.ts';
import type { ChapterHandle, Snapshot } from './chapter-db.ts';
import { postgresDialect } from './kysely-postgres.ts';
import type { LogTransaction } from './log.ts';
import { migrate } from './migrate.ts';
import { inPostgresLog } from './postgres-log.ts';
import { lockKey, type PostgresServer } from './postgres-server.ts';
import type { PostgresSession } from './postgres-session.ts';
import type { Tables } from './tables.ts';

/** How long one who wrote ahead waits for its turn: whoever waits for its rows waits as long. */
const PATIENCE_MS = 5000;
const ASK_AGAIN_MS = 10;

/** Somebody else was at work on the same rows, or has deleted what they belong to. */
const IN_THE_WAY = new Set(['55P03', '40P01', '23503', '23505']);

const isInTheWay = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && IN_THE_WAY.has(String(error.code));

/** The schema of a chapter: named by its id, so that no short name reaches a statement. */
export function schemaOf(id: ChapterId): string {
  return `chapter_${id.replaceAll('-', '')}`;
}

/**
 * A chapter in a schema of its own on a PostgreSQL server. It holds no connection while nothing is
 * asked of it, so that a thousand of them cost little.
 */
export class PostgresChapterDb implements ChapterHandle {
  readonly engine = 'postgres';
  readonly id: ChapterId;
  readonly server: PostgresServer;
  readonly schema: string;
  readonly folder: string;
  readonly read: Kysely<Tables>;
  readonly #write: Kysely<Tables>;
  readonly #ahead: Kysely<Tables>;
  readonly #lock: string;
  /** Writers of this process wait here, not on connections that others need. */
  #tail: Promise<unknown> = Promise.resolve();
  /** Those who write ahead, one after the other. */
  #aheadTail: Promise<unknown> = Promise.resolve();

  private constructor(id: ChapterId, server: PostgresServer, folder: string, schema: string) {
    this.id = id;
    this.server = server;
    this.schema = schema;
    this.folder = folder;
    this.#lock = lockKey(id);
    // PostgreSQL has no empty list; SQLite finds nothing in one.
    const plugins = [
      new HandleEmptyInListsPlugin({ strategy: replaceWithNoncontingentExpression }),
    ];
    const on = { server, schema };
    this.read = new Kysely({ dialect: postgresDialect(on), plugins });
    const underLock = (session: PostgresSession) => session.beginUnderLock(this.#lock);
    this.#write = new Kysely({ dialect: postgresDialect({ ...on, begin: underLock }), plugins });
    const ahead = (session: PostgresSession) => session.beginAhead();
    this.#ahead = new Kysely({ dialect: postgresDialect({ ...on, begin: ahead }), plugins });
  }

  /** Opens a chapter that is there, brings its schema up to date and checks that it is this one. */
  static async open(
    id: ChapterId,
    server: PostgresServer,
    folder: string,
    schema = schemaOf(id),
  ): Promise<PostgresChapterDb> {
    const db = new PostgresChapterDb(id, server, folder, schema);
    await db.#inTurn(() => migrate(db.#write));
    const stamp = await db.read.selectFrom('chapter').select('id').executeTakeFirst();
    if (stamp !== undefined && stamp.id !== id) {
      throw new Error(`The schema ${db.schema} belongs to another chapter.`);
    }
    return db;
  }

  /**
   * Makes the schema of a new chapter, empty until it is stamped; one that is there is opened. Under
   * another name nobody who looks for the chapter finds it.
   */
  static async make(
    id: ChapterId,
    server: PostgresServer,
    folder: string,
    schema = schemaOf(id),
  ): Promise<PostgresChapterDb> {
    const db = new PostgresChapterDb(id, server, folder, schema);
    await db.write((trx) => sql`create schema if not exists ${sql.id(schema)}`.execute(trx));
    return PostgresChapterDb.open(id, server, folder, schema);
  }

  /** On one of the server's connections. */
  async openSnapshot(): Promise<Snapshot> {
    const trx = await this.read.startTransaction().execute();
    const close = async (): Promise<void> => {
      await trx.rollback().execute();
    };
    return { db: trx, close };
  }

  write<T>(work: (trx: Transaction<Tables>) => Promise<T>): Promise<T> {
    return this.#inTurn(() => this.#write.transaction().execute(work));
  }

  /**
   * The same for much that hardly anybody else touches: `ahead` writes it while others write, seen by
   * nobody and without the chapter's clock, `work` looks under the lock whether all is still so and
   * writes the rest. Null, and nothing of either, when somebody was in the way.
   */
  writeAhead<T>(
    ahead: (trx: Kysely<Tables>) => Promise<void>,
    work: (trx: Kysely<Tables>) => Promise<T>,
    patienceMs = PATIENCE_MS,
  ): Promise<{ readonly value: T } | null> {
    const done = this.#aheadTail.then(() =>
      this.#inPlace(() => this.#writeAhead(ahead, work, patienceMs)),
    );
    this.#aheadTail = done.catch(() => {});
    return done;
  }

  async #writeAhead<T>(
    ahead: (trx: Kysely<Tables>) => Promise<void>,
    work: (trx: Kysely<Tables>) => Promise<T>,
    patienceMs: number,
  ): Promise<{ readonly value: T } | null> {
    const trx = await this.#ahead.startTransaction().execute();
    try {
      await ahead(trx);
      const done = await this.#underLock(trx, patienceMs, async () => {
        const value = await work(trx);
        await trx.commit().execute();
        return { value };
      });
      if (done === null) await trx.rollback().execute();
      return done;
    } catch (error) {
      if (!trx.isCommitted) await trx.rollback().execute();
      if (isInTheWay(error)) return null;
      throw error;
    }
  }

  /**
   * Work of a transaction that has begun, in its turn and under the lock; null when neither came in
   * time: the turn may be that of one who waits for rows of this transaction.
   */
  async #underLock<T>(
    trx: ControlledTransaction<Tables>,
    patienceMs: number,
    work: () => Promise<T>,
  ): Promise<T | null> {
    const until = performance.now() + patienceMs;
    const done = new AbortController();
    const ask = sql<{
      got: number;
    }>`select pg_try_advisory_xact_lock(${sql.raw(this.#lock)}) as got`;
    let state: 'waits' | 'begun' | 'gone' = 'waits';
    const turn = this.#queue(async () => {
      if (state === 'gone') return null;
      state = 'begun';
      while ((await ask.execute(trx)).rows[0]?.got !== 1) {
        if (performance.now() > until) return null;
        await wait(ASK_AGAIN_MS);
      }
      return work();
    });
    const patience = wait(patienceMs, null, { signal: done.signal }).catch(() => null);
    try {
      return await Promise.race([
        turn,
        patience.then(() => {
          if (state === 'begun') return turn;
          state = 'gone';
          return null;
        }),
      ]);
    } finally {
      done.abort();
    }
  }

  /**
   * One write transaction under the chapter's lock on a raw connection that sees this chapter's
   * schema: committed when the work resolves, undone when it fails.
   */
  exclusive<T>(work: (session: PostgresSession) => Promise<T>): Promise<T> {
    return this.#inTurn(() =>
      this.server.use(this.schema, async (session) => {
        await session.beginUnderLock(this.#lock);
        const done = await work(session);
        await session.commit();
        return done;
      }),
    );
  }

  inLog<T>(work: (log: LogTransaction) => Promise<T>): Promise<T> {
    return this.#inTurn(() =>
      this.server.use(this.schema, (session) => inPostgresLog(session, this.#lock, work), true),
    );
  }

  /** A lock of the server's, which goes with the process. */
  claim(task: string): Promise<(() => Promise<void>) | null> {
    return this.server.claim(`${this.id} ${task}`);
  }

  async close(): Promise<void> {
    await this.#aheadTail;
    await this.#tail;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#queue(() => this.#inPlace(work));
  }

  #queue<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#tail.then(work);
    this.#tail = turn.catch(() => {});
    return turn;
  }

  async #inPlace<T>(work: () => Promise<T>): Promise<T> {
    await this.server.takeWriterPlace();
    try {
      return await work();
    } finally {
      this.server.leaveWriterPlace();
    }
  }
}
