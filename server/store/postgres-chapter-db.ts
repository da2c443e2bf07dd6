import {
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
  readonly #lock: string;
  /** Writers of this process wait here, not on connections that others need. */
  #tail: Promise<unknown> = Promise.resolve();

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
    const dialectFor = (lock: string | null) => postgresDialect({ server, schema, lock });
    this.read = new Kysely({ dialect: dialectFor(null), plugins });
    this.#write = new Kysely({ dialect: dialectFor(this.#lock), plugins });
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
    await this.#tail;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#tail.then(async () => {
      await this.server.takeWriterPlace();
      try {
        return await work();
      } finally {
        this.server.leaveWriterPlace();
      }
    });
    this.#tail = turn.catch(() => {});
    return turn;
  }
}
