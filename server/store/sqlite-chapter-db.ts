import { dirname } from 'node:path';
import { Kysely, type Transaction } from 'kysely';
import type { ChapterId } from '#shared/kernel/ids.ts';
import type { ChapterHandle, Snapshot } from './chapter-db.ts';
import { claimFile } from './claim-file.ts';
import { IdleSqlite } from './idle-sqlite.ts';
import { sqliteDialect } from './kysely-sqlite.ts';
import type { LogTransaction } from './log.ts';
import { migrate } from './migrate.ts';
import { inSqliteLog } from './sqlite-log.ts';
import { openSqlite, type Sqlite } from './sqlite.ts';
import type { Tables } from './tables.ts';

/** Its files are closed when nobody has asked for so long. */
const IDLE_MS = 5 * 60_000;

/** A chapter in a SQLite file of its own. */
export class SqliteChapterDb implements ChapterHandle {
  readonly engine = 'sqlite';
  readonly id: ChapterId;
  readonly path: string;
  /** On a connection of their own, so that reading never waits for writing. */
  readonly read: Kysely<Tables>;
  readonly #write: Kysely<Tables>;
  readonly #writer: IdleSqlite;

  private constructor(id: ChapterId, path: string, idleMs: number) {
    this.id = id;
    this.path = path;
    this.#writer = new IdleSqlite(path, { readOnly: false, idleMs });
    this.#write = new Kysely({ dialect: sqliteDialect(this.#writer, true) });
    const reader = new IdleSqlite(path, { readOnly: true, idleMs });
    this.read = new Kysely({ dialect: sqliteDialect(reader, false) });
  }

  /**
   * Opens the file, brings its schema up to date and checks that it is this chapter's. A new file
   * is stamped by createChapter before anybody else sees it.
   */
  static async open(id: ChapterId, path: string, idleMs = IDLE_MS): Promise<SqliteChapterDb> {
    const db = new SqliteChapterDb(id, path, idleMs);
    try {
      await migrate(db.#write);
      const stamp = await db.read.selectFrom('chapter').select('id').executeTakeFirst();
      if (stamp !== undefined && stamp.id !== id) {
        throw new Error(`The database ${path} belongs to another chapter.`);
      }
      return db;
    } catch (error) {
      await db.close();
      throw error;
    }
  }

  /** Opens the file with the schema that it has: a server of another version may be at work on it. */
  static openAsItIs(id: ChapterId, path: string): SqliteChapterDb {
    return new SqliteChapterDb(id, path, IDLE_MS);
  }

  /** BEGIN IMMEDIATE. */
  write<T>(work: (trx: Transaction<Tables>) => Promise<T>): Promise<T> {
    return this.#write.transaction().execute(work);
  }

  /** The writer's raw connection for as long as the work lasts. Nobody else writes meanwhile. */
  exclusive<T>(work: (sqlite: Sqlite) => T | Promise<T>): Promise<T> {
    return this.#write.connection().execute(async () => {
      const sqlite = this.#writer.take();
      try {
        return await work(sqlite);
      } finally {
        this.#writer.rest();
      }
    });
  }

  inLog<T>(work: (log: LogTransaction) => Promise<T>): Promise<T> {
    return this.exclusive((sqlite) => inSqliteLog(sqlite, work));
  }

  get folder(): string {
    return dirname(this.path);
  }

  /** On a connection of its own: the shared one would keep everybody else waiting. */
  async openSnapshot(): Promise<Snapshot> {
    const reader = openSqlite(this.path, { readOnly: true });
    const own = new Kysely<Tables>({ dialect: sqliteDialect(reader, false) });
    const trx = await own.startTransaction().execute();
    const close = async (): Promise<void> => {
      await trx.rollback().execute();
      await own.destroy();
    };
    return { db: trx, close };
  }

  /** A lock beside the file, which goes with the process. */
  claim(task: string): Promise<(() => Promise<void>) | null> {
    const release = claimFile(`${this.path}.${task}`);
    return Promise.resolve(release === null ? null : () => Promise.resolve(release()));
  }

  async close(): Promise<void> {
    await this.read.destroy();
    await this.#write.destroy();
  }
}
