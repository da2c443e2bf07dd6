import type { Kysely, Transaction } from 'kysely';
import type { ChapterId } from '#shared/kernel/ids.ts';
import type { InLog } from './log.ts';
import type { PostgresChapterDb } from './postgres-chapter-db.ts';
import type { SqliteChapterDb } from './sqlite-chapter-db.ts';
import type { Tables } from './tables.ts';

/** The chapter as of one moment. */
export interface Snapshot {
  readonly db: Kysely<Tables>;
  close(): Promise<void>;
}

/**
 * The handle to one chapter's database, and the only way to a query. It holds no way to another
 * chapter: a route that has this handle cannot reach anybody else's rows.
 */
export interface ChapterHandle {
  readonly id: ChapterId;
  readonly engine: 'sqlite' | 'postgres';
  /** Reads: each transaction on it is one snapshot. */
  readonly read: Kysely<Tables>;
  /** A folder for what belongs to the chapter and is no row, such as uploads. */
  readonly folder: string;
  /**
   * One snapshot for a long read, such as an export, that keeps nobody waiting; whoever takes it
   * closes it.
   */
  openSnapshot(): Promise<Snapshot>;
  /** One write transaction under the chapter's lock: all of it or nothing. Writers take turns. */
  write<T>(work: (trx: Transaction<Tables>) => Promise<T>): Promise<T>;
  /** The same for what belongs to the log, with its own statements. */
  readonly inLog: InLog;
  /**
   * Takes a task such as an import for this process alone, until what it gives is called or the
   * process ends; null when another has it.
   */
  claim(task: string): Promise<(() => Promise<void>) | null>;
  /** Waits for writers and lets go of what it holds. */
  close(): Promise<void>;
}

/** A chapter on one of the two engines. Both keep the same promises; ask `engine` to tell them apart. */
export type ChapterDb = SqliteChapterDb | PostgresChapterDb;
