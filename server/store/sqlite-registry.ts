import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isUuid, type ChapterId } from '#shared/kernel/ids.ts';
import type { ChapterDb } from './chapter-db.ts';
import { inTransaction } from './in-transaction.ts';
import { OpenHandles } from './open-handles.ts';
import type {
  NotedErasure,
  NotedHead,
  RegisteredChapter,
  RegisteredCode,
  Registry,
} from './registry.ts';
import { SqliteChapterDb } from './sqlite-chapter-db.ts';
import { openSqlite, type Sqlite, type StatementSync } from './sqlite.ts';

const TABLES = `
  create table if not exists chapters (id text primary key, slug text not null unique,
    name text not null, created_at integer not null);
  create table if not exists codes (code_hash blob primary key,
    chapter_id text not null references chapters, expires_at integer not null);
  create table if not exists audit_heads (chapter_id text primary key, seq integer not null,
    hash text not null, at integer not null);
  create table if not exists awaited_heads (chapter_id text primary key, seq integer not null,
    hash text not null, at integer not null);
  create table if not exists erasures (chapter_id text not null, mark blob not null,
    at integer not null, primary key (chapter_id, mark)) without rowid;
  create table if not exists archives (chapter_id text primary key, note text not null);
  create table if not exists secrets (name text primary key, value blob not null)`;

/** The chapters of a data folder, each in a file that is named by its id. */
export class SqliteRegistry implements Registry {
  readonly engine = 'sqlite';
  readonly dataDir: string;
  readonly #sqlite: Sqlite;
  readonly #handles = new OpenHandles();
  readonly #isKnown: StatementSync;

  private constructor(dataDir: string, sqlite: Sqlite) {
    this.dataDir = dataDir;
    this.#sqlite = sqlite;
    this.#isKnown = sqlite.prepare('select id from chapters where id = ?');
  }

  /** Opens `registry.db` in the data folder, making it when it is new. */
  static open(dataDir: string): SqliteRegistry {
    const chapters = join(dataDir, 'chapters');
    mkdirSync(chapters, { recursive: true, mode: 0o700 });
    // Folders of an earlier version, or made by hand.
    const { mode, uid } = statSync(chapters);
    if ((mode & 0o077) !== 0 && uid === process.getuid?.()) chmodSync(chapters, 0o700);
    const sqlite = openSqlite(join(dataDir, 'registry.db'));
    sqlite.exec(TABLES);
    return new SqliteRegistry(dataDir, sqlite);
  }

  async chapters(): Promise<RegisteredChapter[]> {
    const sql =
      'select id, slug, name, created_at as createdAt from chapters order by created_at, id';
    return this.#sqlite.prepare(sql).all() as RegisteredChapter[];
  }

  async bySlug(slug: string): Promise<RegisteredChapter | null> {
    return (await this.chapters()).find((chapter) => chapter.slug === slug) ?? null;
  }

  async makeChapter(id: ChapterId): Promise<ChapterDb> {
    const path = this.fileOf(id);
    if (existsSync(path)) throw new Error(`The chapter file ${path} exists already.`);
    return SqliteChapterDb.open(id, path);
  }

  async add(chapter: RegisteredChapter, db: ChapterDb): Promise<void> {
    this.#sqlite
      .prepare('insert into chapters (id, slug, name, created_at) values (?, ?, ?, ?)')
      .run(chapter.id, chapter.slug, chapter.name, chapter.createdAt);
    this.#handles.keep(db);
  }

  async openChapter(id: string): Promise<ChapterDb | null> {
    if (!isUuid(id)) return null;
    // Every request passes here: only a registered chapter is ever among the open ones.
    const open = this.#handles.find(id as ChapterId);
    if (open !== undefined) return open;
    const known = this.#isKnown.get(id) as { id: ChapterId } | undefined;
    if (known === undefined) return null;
    return this.#handles.open(known.id, () => {
      const path = this.fileOf(known.id);
      if (!existsSync(path)) throw new Error(`The chapter file ${path} is missing.`);
      return SqliteChapterDb.open(known.id, path);
    });
  }

  standIn(): Promise<ChapterDb | null> {
    return this.#handles.some();
  }

  whenOpened(first: (db: ChapterDb) => Promise<void>): Promise<void> {
    return this.#handles.whenOpened(first);
  }

  async addCode(codeHash: Uint8Array, chapterId: ChapterId, expiresAt: number): Promise<void> {
    this.#sqlite
      .prepare('insert into codes (code_hash, chapter_id, expires_at) values (?, ?, ?)')
      .run(codeHash, chapterId, expiresAt);
  }

  async chapterOfCode(codeHash: Uint8Array, now: number): Promise<ChapterId | null> {
    const row = this.#sqlite
      .prepare('select chapter_id from codes where code_hash = ? and expires_at > ?')
      .get(codeHash, now) as { chapter_id: ChapterId } | undefined;
    return row?.chapter_id ?? null;
  }

  async codesOf(chapterId: ChapterId): Promise<RegisteredCode[]> {
    return this.#sqlite
      .prepare('select code_hash as hash, expires_at as expiresAt from codes where chapter_id = ?')
      .all(chapterId) as RegisteredCode[];
  }

  async dropExpiredCodes(now: number): Promise<void> {
    this.#sqlite.prepare('delete from codes where expires_at <= ?').run(now);
  }

  async noteHead(
    chapterId: ChapterId,
    { seq, hash, at }: NotedHead,
    insteadOf?: NotedHead | null,
  ): Promise<void> {
    const { changes } = this.#sqlite
      .prepare(
        `insert into audit_heads (chapter_id, seq, hash, at) values (?, ?, ?, ?)
          on conflict (chapter_id) do update set seq = excluded.seq, hash = excluded.hash,
            at = excluded.at where ? or audit_heads.hash = ?`,
      )
      .run(chapterId, seq, hash, at, insteadOf === undefined ? 1 : 0, insteadOf?.hash ?? '');
    if (changes === 0) return;
    this.#sqlite.prepare('delete from awaited_heads where chapter_id = ?').run(chapterId);
  }

  async notedHead(chapterId: ChapterId): Promise<NotedHead | null> {
    return this.#headIn('audit_heads', chapterId);
  }

  async awaitHead(chapterId: ChapterId, { seq, hash, at }: NotedHead): Promise<void> {
    this.#sqlite
      .prepare(
        'insert or replace into awaited_heads (chapter_id, seq, hash, at) values (?, ?, ?, ?)',
      )
      .run(chapterId, seq, hash, at);
  }

  async awaitedHead(chapterId: ChapterId): Promise<NotedHead | null> {
    return this.#headIn('awaited_heads', chapterId);
  }

  #headIn(table: 'audit_heads' | 'awaited_heads', chapterId: ChapterId): NotedHead | null {
    const row = this.#sqlite
      .prepare(`select seq, hash, at from ${table} where chapter_id = ?`)
      .get(chapterId) as NotedHead | undefined;
    return row ?? null;
  }

  async noteErasures(chapterId: ChapterId, erasures: readonly NotedErasure[]): Promise<void> {
    const put = this.#sqlite.prepare(
      'insert into erasures (chapter_id, mark, at) values (?, ?, ?) on conflict do nothing',
    );
    inTransaction(this.#sqlite, () => {
      for (const { mark, at } of erasures) put.run(chapterId, mark, at);
    });
  }

  async notedErasures(chapterId: ChapterId): Promise<NotedErasure[]> {
    return this.#sqlite
      .prepare('select mark, at from erasures where chapter_id = ?')
      .all(chapterId) as NotedErasure[];
  }

  async noteArchive(chapterId: ChapterId, note: string | null): Promise<void> {
    const sql =
      note === null
        ? 'delete from archives where chapter_id = ?'
        : 'insert or replace into archives (chapter_id, note) values (?, ?)';
    this.#sqlite.prepare(sql).run(chapterId, ...(note === null ? [] : [note]));
  }

  async notedArchive(chapterId: ChapterId): Promise<string | null> {
    const row = this.#sqlite
      .prepare('select note from archives where chapter_id = ?')
      .get(chapterId) as { note: string } | undefined;
    return row?.note ?? null;
  }

  async remove(chapterId: ChapterId): Promise<void> {
    const open = await this.#handles.find(chapterId);
    this.#handles.forget(chapterId);
    await open?.close();
    inTransaction(this.#sqlite, () => {
      for (const table of ['codes', 'archives']) {
        this.#sqlite.prepare(`delete from ${table} where chapter_id = ?`).run(chapterId);
      }
      this.#sqlite.prepare('delete from chapters where id = ?').run(chapterId);
    });
  }

  async secret(): Promise<Uint8Array> {
    this.#sqlite
      .prepare('insert into secrets (name, value) values (?, ?) on conflict do nothing')
      .run('server', randomBytes(32));
    const row = this.#sqlite.prepare('select value from secrets where name = ?').get('server') as {
      value: Uint8Array;
    };
    return row.value;
  }

  /** Each file is set right as it is opened, or refused. */
  async findWeakness(): Promise<string | null> {
    return null;
  }

  /** One process alone serves a data folder: see claimData. */
  async claim(): Promise<() => Promise<void>> {
    return () => Promise.resolve();
  }

  async close(): Promise<void> {
    await this.#handles.close();
    this.#sqlite.close();
  }

  /** Where a chapter has its file, here or once it is. */
  fileOf(id: ChapterId): string {
    if (!isUuid(id)) throw new Error('A chapter id must be a UUID.');
    return join(this.dataDir, 'chapters', `${id}.db`);
  }
}
