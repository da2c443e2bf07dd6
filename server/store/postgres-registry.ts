import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isUuid, type ChapterId } from '#shared/kernel/ids.ts';
import type { ChapterDb } from './chapter-db.ts';
import { OpenHandles } from './open-handles.ts';
import { PostgresChapterDb } from './postgres-chapter-db.ts';
import { lockKey, PostgresServer } from './postgres-server.ts';
import type {
  NotedErasure,
  NotedHead,
  RegisteredChapter,
  RegisteredCode,
  Registry,
} from './registry.ts';

const SCHEMA = 'homeground';
const TABLES = `create schema if not exists ${SCHEMA};
  create table if not exists ${SCHEMA}.chapters (id text primary key, slug text not null unique,
    name text not null, created_at bigint not null);
  create table if not exists ${SCHEMA}.placement (chapter_id text primary key
    references ${SCHEMA}.chapters on delete cascade, server text not null);
  create table if not exists ${SCHEMA}.codes (code_hash bytea primary key,
    chapter_id text not null references ${SCHEMA}.chapters on delete cascade,
    expires_at bigint not null);
  create table if not exists ${SCHEMA}.moved_away (chapter_id text primary key);
  create table if not exists ${SCHEMA}.audit_heads (chapter_id text primary key,
    seq bigint not null, hash text not null, at bigint not null);
  create table if not exists ${SCHEMA}.awaited_heads (chapter_id text primary key,
    seq bigint not null, hash text not null, at bigint not null);
  create table if not exists ${SCHEMA}.erasures (chapter_id text not null, mark bytea not null,
    at bigint not null, primary key (chapter_id, mark));
  create table if not exists ${SCHEMA}.archives (chapter_id text primary key, note text not null);
  create table if not exists ${SCHEMA}.secrets (name text primary key, value bytea not null)`;

/** After this long it is asked again where a chapter is: somebody may have moved it. */
const CERTAIN_MS = 3000;
/** How often it is tried again when another process has what we wait for. */
const RETRY_MS = 250;

/** Which servers there are: `main`, and others by the names of their settings. */
export type Databases = ReadonlyMap<string, string>;

/** Phones of a chapter that was moved to a file try again, and keep what they have. */
class ChapterMovedError extends Error {
  /** As PostgreSQL says it of a schema that is not there. */
  readonly code = '3F000';
  constructor() {
    super('The chapter was moved away from here.');
  }
}

interface Placed {
  readonly server: string;
  readonly askedAt: number;
}

/**
 * The chapters of a PostgreSQL installation, which several processes may serve at once. The main
 * server knows which there are and on which server each lives; a chapter is a schema there.
 */
export class PostgresRegistry implements Registry {
  readonly engine = 'postgres';
  readonly main: PostgresServer;
  readonly #folder: string;
  readonly #databases: Databases;
  readonly #servers = new Map<string, Promise<PostgresServer>>();
  readonly #handles = new OpenHandles();
  readonly #placed = new Map<ChapterId, Placed>();

  private constructor(main: PostgresServer, databases: Databases, folder: string) {
    this.main = main;
    this.#databases = databases;
    this.#folder = folder;
    this.#servers.set('main', Promise.resolve(main));
  }

  /** Connects to the main server and makes the registry there when it is new. */
  static async open(databases: Databases, dataDir: string): Promise<PostgresRegistry> {
    const main = await PostgresServer.open('main', databases.get('main') ?? '');
    try {
      await main.use('pg_catalog', async (session) => {
        await session.beginUnderLock(lockKey(SCHEMA));
        await session.exec(TABLES);
        await session.commit();
      });
    } catch (error) {
      await main.close();
      throw error;
    }
    return new PostgresRegistry(main, databases, join(dataDir, 'chapters'));
  }

  chapters(): Promise<RegisteredChapter[]> {
    return this.#query(
      'select id, slug, name, created_at as "createdAt" from chapters order by created_at, id',
    );
  }

  async bySlug(slug: string): Promise<RegisteredChapter | null> {
    const [row] = await this.#query<RegisteredChapter>(
      'select id, slug, name, created_at as "createdAt" from chapters where slug = $1',
      [slug],
    );
    return row ?? null;
  }

  async makeChapter(id: ChapterId): Promise<ChapterDb> {
    return PostgresChapterDb.make(id, this.main, this.#folder);
  }

  async add(chapter: RegisteredChapter, db: ChapterDb): Promise<void> {
    if (db.engine !== 'postgres') throw new Error('The chapter is in a file.');
    const { id, slug, name, createdAt } = chapter;
    await this.#query(
      `with added as (insert into chapters (id, slug, name, created_at) values ($1, $2, $3, $4)),
          back as (delete from moved_away where chapter_id = $1)
        insert into placement (chapter_id, server) values ($1, $5)`,
      [id, slug, name, createdAt, db.server.name],
    );
    this.#handles.keep(db);
    this.#placed.set(id, { server: db.server.name, askedAt: performance.now() });
  }

  async openChapter(id: string): Promise<ChapterDb | null> {
    if (!isUuid(id)) return null;
    const chapterId = id as ChapterId;
    const server = await this.#findPlace(chapterId);
    if (server === null) {
      if (await this.#hasLeft(chapterId)) throw new ChapterMovedError();
      return null;
    }
    return (
      this.#handles.find(chapterId) ??
      this.#handles.open(chapterId, async () =>
        PostgresChapterDb.open(chapterId, await this.server(server), this.#folder),
      )
    );
  }

  standIn(): Promise<ChapterDb | null> {
    return Promise.resolve(null);
  }

  whenOpened(first: (db: ChapterDb) => Promise<void>): Promise<void> {
    return this.#handles.whenOpened(first);
  }

  async addCode(codeHash: Uint8Array, chapterId: ChapterId, expiresAt: number): Promise<void> {
    await this.#query('insert into codes (code_hash, chapter_id, expires_at) values ($1, $2, $3)', [
      codeHash,
      chapterId,
      expiresAt,
    ]);
  }

  async chapterOfCode(codeHash: Uint8Array, now: number): Promise<ChapterId | null> {
    const [row] = await this.#query<{ chapterId: ChapterId }>(
      'select chapter_id as "chapterId" from codes where code_hash = $1 and expires_at > $2',
      [codeHash, now],
    );
    return row?.chapterId ?? null;
  }

  codesOf(chapterId: ChapterId): Promise<RegisteredCode[]> {
    return this.#query(
      'select code_hash as hash, expires_at as "expiresAt" from codes where chapter_id = $1',
      [chapterId],
    );
  }

  async dropExpiredCodes(now: number): Promise<void> {
    await this.#query('delete from codes where expires_at <= $1', [now]);
  }

  async noteHead(
    chapterId: ChapterId,
    { seq, hash, at }: NotedHead,
    insteadOf?: NotedHead | null,
  ): Promise<void> {
    const noted = await this.#query(
      `insert into audit_heads (chapter_id, seq, hash, at) values ($1, $2, $3, $4)
        on conflict (chapter_id) do update set seq = excluded.seq, hash = excluded.hash,
          at = excluded.at where $5 or audit_heads.hash = $6 returning chapter_id`,
      [chapterId, seq, hash, at, insteadOf === undefined, insteadOf?.hash ?? ''],
    );
    if (noted.length === 0) return;
    await this.#query('delete from awaited_heads where chapter_id = $1', [chapterId]);
  }

  async notedHead(chapterId: ChapterId): Promise<NotedHead | null> {
    const [row] = await this.#query<NotedHead>(
      'select seq, hash, at from audit_heads where chapter_id = $1',
      [chapterId],
    );
    return row ?? null;
  }

  async awaitHead(chapterId: ChapterId, { seq, hash, at }: NotedHead): Promise<void> {
    await this.#query(
      `insert into awaited_heads (chapter_id, seq, hash, at) values ($1, $2, $3, $4)
        on conflict (chapter_id) do update set seq = excluded.seq, hash = excluded.hash,
          at = excluded.at`,
      [chapterId, seq, hash, at],
    );
  }

  async awaitedHead(chapterId: ChapterId): Promise<NotedHead | null> {
    const [row] = await this.#query<NotedHead>(
      'select seq, hash, at from awaited_heads where chapter_id = $1',
      [chapterId],
    );
    return row ?? null;
  }

  async noteErasures(chapterId: ChapterId, erasures: readonly NotedErasure[]): Promise<void> {
    for (const { mark, at } of erasures) {
      await this.#query(
        `insert into erasures (chapter_id, mark, at) values ($1, $2, $3) on conflict do nothing`,
        [chapterId, Buffer.from(mark), at],
      );
    }
  }

  async notedErasures(chapterId: ChapterId): Promise<NotedErasure[]> {
    return this.#query<NotedErasure>('select mark, at from erasures where chapter_id = $1', [
      chapterId,
    ]);
  }

  async remove(chapterId: ChapterId): Promise<void> {
    await this.#query(
      `with gone as (delete from chapters where id = $1)
        insert into moved_away values ($1) on conflict do nothing`,
      [chapterId],
    );
    this.#handles.forget(chapterId);
    this.#placed.delete(chapterId);
  }

  /** Where a chapter lives; null when it is not registered. */
  async serverOf(chapterId: ChapterId): Promise<string | null> {
    const [row] = await this.#query<{ server: string }>(
      'select server from placement where chapter_id = $1',
      [chapterId],
    );
    return row?.server ?? null;
  }

  /** From now on the chapter lives there. */
  async place(chapterId: ChapterId, server: string): Promise<void> {
    await this.#query('update placement set server = $2 where chapter_id = $1', [
      chapterId,
      server,
    ]);
    this.#handles.forget(chapterId);
    this.#placed.delete(chapterId);
  }

  async noteArchive(chapterId: ChapterId, note: string | null): Promise<void> {
    if (note === null) {
      await this.#query('delete from archives where chapter_id = $1', [chapterId]);
      return;
    }
    await this.#query(
      `insert into archives (chapter_id, note) values ($1, $2)
        on conflict (chapter_id) do update set note = excluded.note`,
      [chapterId, note],
    );
  }

  async notedArchive(chapterId: ChapterId): Promise<string | null> {
    const select = 'select note from archives where chapter_id = $1';
    const [row] = await this.#query<{ note: string }>(select, [chapterId]);
    return row?.note ?? null;
  }

  /** A server by its name, connected on first use. */
  server(name: string): Promise<PostgresServer> {
    const known = this.#servers.get(name);
    if (known !== undefined) return known;
    const url = this.#databases.get(name);
    if (url === undefined) {
      const setting = `DATABASE_URL_${name.toUpperCase()}`;
      throw new Error(`There is no PostgreSQL server named ${name}: set ${setting} to reach it.`);
    }
    const opening = PostgresServer.open(name, url);
    this.#servers.set(name, opening);
    opening.catch(() => this.#servers.delete(name));
    return opening;
  }

  /** The names of all servers that are set. */
  serverNames(): string[] {
    return [...this.#databases.keys()];
  }

  async secret(): Promise<Uint8Array> {
    const select = "select value from secrets where name = 'server'";
    const [known] = await this.#query<{ value: Uint8Array }>(select);
    if (known !== undefined) return known.value;
    await this.#query(
      "insert into secrets (name, value) values ('server', $1) on conflict do nothing",
      [randomBytes(32)],
    );
    const [made] = await this.#query<{ value: Uint8Array }>(select);
    if (made === undefined) throw new Error('The registry keeps no secret.');
    return made.value;
  }

  async claim(task: string): Promise<() => Promise<void>> {
    for (;;) {
      const release = await this.main.claim(`${SCHEMA} ${task}`);
      if (release !== null) return release;
      await sleep(RETRY_MS);
    }
  }

  async findWeakness(): Promise<string | null> {
    for (const one of await Promise.allSettled(this.#servers.values())) {
      const found = one.status === 'fulfilled' ? await one.value.findWeakness() : null;
      if (found !== null) return found;
    }
    return null;
  }

  async close(): Promise<void> {
    await this.#handles.close();
    const servers = await Promise.allSettled(this.#servers.values());
    for (const one of servers) if (one.status === 'fulfilled') await one.value.close();
  }

  async #findPlace(id: ChapterId): Promise<string | null> {
    const now = performance.now();
    const known = this.#placed.get(id);
    if (known !== undefined && now - known.askedAt < CERTAIN_MS) return known.server;
    const server = await this.serverOf(id);
    if (known !== undefined && known.server !== server) this.#handles.forget(id);
    if (server === null) this.#placed.delete(id);
    else this.#placed.set(id, { server, askedAt: now });
    return server;
  }

  async #hasLeft(id: ChapterId): Promise<boolean> {
    const rows = await this.#query('select 1 from moved_away where chapter_id = $1', [id]);
    return rows.length > 0;
  }

  #query<R>(text: string, parameters: readonly unknown[] = []): Promise<R[]> {
    return this.main.use(SCHEMA, (session) => session.query<R>(text, parameters));
  }
}
