import { Kysely, type Transaction } from 'kysely';
import type { ChapterId } from '#shared/kernel/ids.ts';
import { sqliteDialect } from './kysely-sqlite.ts';
import type { LogTransaction } from './log.ts';
import { migrate } from './migrate.ts';
import { inSqliteLog } from './sqlite-log.ts';
import { openSqlite, type Sqlite } from './sqlite.ts';
import type { Tables } from './tables.ts';

/**
 * The handle to one chapter's database, and the only way to a query. It holds no way to another
 * chapter: a route that has this handle cannot reach anybody else's rows.
 */
export class ChapterDb {
  readonly id: ChapterId;
  readonly path: string;
  /** Reads, on a connection of their own: each transaction on it is one snapshot. */
  readonly read: Kysely<Tables>;
  readonly #write: Kysely<Tables>;
  readonly #writer: Sqlite;

  private constructor(id: ChapterId, path: string, writer: Sqlite, write: Kysely<Tables>) {
    this.id = id;
    this.path = path;
    this.#writer = writer;
    this.#write = write;
    this.read = new Kysely({ dialect: sqliteDialect(openSqlite(path, { readOnly: true }), false) });
  }

  /**
   * Opens the file, brings its schema up to date and checks that it is this chapter's. A new file
   * is stamped by createChapter before anybody else sees it.
   */
  static async open(id: ChapterId, path: string): Promise<ChapterDb> {
    const writer = openSqlite(path);
    const write = new Kysely<Tables>({ dialect: sqliteDialect(writer, true) });
    try {
      await migrate(write);
      const stamp = await write.selectFrom('chapter').select('id').executeTakeFirst();
      if (stamp !== undefined && stamp.id !== id) {
        throw new Error(`The database ${path} belongs to another chapter.`);
      }
      return new ChapterDb(id, path, writer, write);
    } catch (error) {
      await write.destroy();
      throw error;
    }
  }

  /** One write transaction (BEGIN IMMEDIATE): all of it or nothing. Writers take turns. */
  write<T>(work: (trx: Transaction<Tables>) => Promise<T>): Promise<T> {
    return this.#write.transaction().execute(work);
  }

  /** One write transaction on the chapter's log, under the chapter's lock. */
  inLog<T>(work: (log: LogTransaction) => Promise<T>): Promise<T> {
    return this.#write.connection().execute(() => inSqliteLog(this.#writer, work));
  }

  /**
   * The writer's raw connection for as long as the synchronous work lasts, for the hot paths that
   * prepare their own statements. Nobody else writes meanwhile.
   */
  exclusive<T>(work: (sqlite: Sqlite) => T): Promise<T> {
    return this.#write.connection().execute(() => Promise.resolve(work(this.#writer)));
  }

  /**
   * A reading connection of one's own for a long read, such as an export: whoever takes it closes
   * it. The shared one would keep everybody else waiting.
   */
  openReader(): Sqlite {
    return openSqlite(this.path, { readOnly: true });
  }

  /** Waits for writers and closes both connections. */
  async close(): Promise<void> {
    await this.read.destroy();
    await this.#write.destroy();
  }
}
