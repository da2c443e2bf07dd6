import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { isUuid, type ChapterId } from '#shared/kernel/ids.ts';
import type { ChapterDb } from './chapter-db.ts';
import { SqliteChapterDb } from './sqlite-chapter-db.ts';
import { openSqlite, type Sqlite } from './sqlite.ts';

/** A chapter as the registry knows it: nothing about voters or members. Times are ms since 1970. */
export interface RegisteredChapter {
  readonly id: ChapterId;
  readonly slug: string;
  readonly name: string;
  readonly createdAt: number;
}

const TABLES = `
  create table if not exists chapters (id text primary key, slug text not null unique,
    name text not null, created_at integer not null);
  create table if not exists codes (code_hash blob primary key,
    chapter_id text not null references chapters, expires_at integer not null)`;

const SLUG = /^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/;

/** True for a chapter's short name: 3 to 40 lower-case letters, digits and hyphens. */
export function isSlug(text: string): boolean {
  return SLUG.test(text);
}

/**
 * Which chapters this server holds and where. Each chapter's file is named by its id; the short
 * name never reaches a path. Files are opened on first use and stay open.
 */
export class Registry {
  readonly dataDir: string;
  readonly #sqlite: Sqlite;
  readonly #open = new Map<ChapterId, Promise<ChapterDb>>();
  readonly #first: ((db: ChapterDb) => Promise<void>)[] = [];

  private constructor(dataDir: string, sqlite: Sqlite) {
    this.dataDir = dataDir;
    this.#sqlite = sqlite;
  }

  /** Opens `registry.db` in the data folder, making it when it is new. */
  static open(dataDir: string): Registry {
    mkdirSync(join(dataDir, 'chapters'), { recursive: true, mode: 0o700 });
    const sqlite = openSqlite(join(dataDir, 'registry.db'));
    sqlite.exec(TABLES);
    return new Registry(dataDir, sqlite);
  }

  /** Every chapter, oldest first. */
  chapters(): RegisteredChapter[] {
    const sql =
      'select id, slug, name, created_at as createdAt from chapters order by created_at, id';
    return this.#sqlite.prepare(sql).all() as RegisteredChapter[];
  }

  bySlug(slug: string): RegisteredChapter | null {
    return this.chapters().find((chapter) => chapter.slug === slug) ?? null;
  }

  /** Makes the file of a chapter that is not registered yet; `add` shows it once it is stamped. */
  async makeChapter(id: ChapterId): Promise<ChapterDb> {
    const path = this.#pathOf(id);
    if (existsSync(path)) throw new Error(`The chapter file ${path} exists already.`);
    return SqliteChapterDb.open(id, path);
  }

  /** Registers a stamped chapter and keeps its handle. */
  add(chapter: RegisteredChapter, db: ChapterDb): void {
    this.#sqlite
      .prepare('insert into chapters (id, slug, name, created_at) values (?, ?, ?, ?)')
      .run(chapter.id, chapter.slug, chapter.name, chapter.createdAt);
    this.#open.set(chapter.id, Promise.resolve(db));
  }

  /** The handle to a registered chapter; null for any other id. */
  async openChapter(id: string): Promise<ChapterDb | null> {
    if (!isUuid(id)) return null;
    // Every request passes here: only a registered chapter is ever among the open ones.
    const cached = this.#open.get(id as ChapterId);
    if (cached !== undefined) return cached;
    const known = this.#sqlite.prepare('select id from chapters where id = ?').get(id) as
      { id: ChapterId } | undefined;
    if (known === undefined) return null;
    const opening = this.#openStamped(known.id);
    this.#open.set(known.id, opening);
    opening.catch(() => this.#open.delete(known.id));
    return opening;
  }

  /** What is done with each chapter before anybody else gets it; with those that are open, now. */
  async whenOpened(first: (db: ChapterDb) => Promise<void>): Promise<void> {
    this.#first.push(first);
    for (const opening of this.#open.values()) await first(await opening);
  }

  /** Notes whose chapter a typed code belongs to. */
  addCode(codeHash: Uint8Array, chapterId: ChapterId, expiresAt: number): void {
    this.#sqlite
      .prepare('insert into codes (code_hash, chapter_id, expires_at) values (?, ?, ?)')
      .run(codeHash, chapterId, expiresAt);
  }

  /** The chapter of a typed code that has not expired. */
  chapterOfCode(codeHash: Uint8Array, now: number): ChapterId | null {
    const row = this.#sqlite
      .prepare('select chapter_id from codes where code_hash = ? and expires_at > ?')
      .get(codeHash, now) as { chapter_id: ChapterId } | undefined;
    return row?.chapter_id ?? null;
  }

  dropExpiredCodes(now: number): void {
    this.#sqlite.prepare('delete from codes where expires_at <= ?').run(now);
  }

  async close(): Promise<void> {
    const opened = await Promise.allSettled(this.#open.values());
    for (const one of opened) if (one.status === 'fulfilled') await one.value.close();
    this.#open.clear();
    this.#sqlite.close();
  }

  async #openStamped(id: ChapterId): Promise<ChapterDb> {
    const path = this.#pathOf(id);
    if (!existsSync(path)) throw new Error(`The chapter file ${path} is missing.`);
    const db = await SqliteChapterDb.open(id, path);
    const stamp = await db.read.selectFrom('chapter').select('id').executeTakeFirst();
    try {
      if (stamp?.id !== id) throw new Error(`The database ${path} bears no stamp of its chapter.`);
      for (const first of this.#first) await first(db);
      return db;
    } catch (error) {
      await db.close();
      throw error;
    }
  }

  /** Where a chapter that lives in SQLite has its file, here or once it is. */
  fileOf(id: ChapterId): string {
    return this.#pathOf(id);
  }

  #pathOf(id: ChapterId): string {
    if (!isUuid(id)) throw new Error('A chapter id must be a UUID.');
    return join(this.dataDir, 'chapters', `${id}.db`);
  }
}
