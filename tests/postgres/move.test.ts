import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createChapter } from '../../server/chapter/create-chapter.ts';
import { moveChapter } from '../../server/chapter/move-chapter.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import {
  ALL_TABLES,
  sumTables,
  type TableName,
  type TableSum,
} from '../../server/store/copy-tables.ts';
import { PostgresChapterDb, schemaOf } from '../../server/store/postgres-chapter-db.ts';
import { PostgresRegistry } from '../../server/store/postgres-registry.ts';
import { SqliteChapterDb } from '../../server/store/sqlite-chapter-db.ts';
import { SqliteRegistry } from '../../server/store/sqlite-registry.ts';
import { makeApp, type TestApp } from '../api/make-app.ts';
import { makeTown } from '../api/make-town.ts';
import { makeWalk, push, sealKnock, type Walk } from '../api/make-walk.ts';
import { execRaw } from './exec-raw.ts';
import { makeDatabase } from './test-server.ts';

/** Every table but the audit chain, which says of each move that it was made. */
async function sumMoved(
  from: Parameters<typeof sumTables>[0],
): Promise<ReadonlyMap<TableName, TableSum>> {
  const sums = new Map(await sumTables(from));
  sums.delete('audit');
  sums.delete('audit_heads');
  return sums;
}

/** A server on PostgreSQL with a second one to move to, and a data folder. */
let server: TestApp;
let files: SqliteRegistry;
let postgres: PostgresRegistry;
let db: ChapterDb;
let walk: Walk;

beforeEach(async () => {
  server = await makeApp();
  const { databases, dataDir } = server.ports.config;
  const all = new Map([...databases, ['second', await makeDatabase()]]);
  postgres = await PostgresRegistry.open(all, dataDir);
  files = SqliteRegistry.open(dataDir);
  db = await server.makeChapter('oakdale');
  await makeTown(db, 'oakdale');
  walk = await makeWalk(server, db);
  await push(server, walk.phone, [knock(0), knock(1)]);
  // A text with the sign by which PostgreSQL's NUL is written.
  await setNames('Nul \uFFFE0 here');
});
afterEach(async () => {
  await files.close();
  await postgres.close();
  await server.close();
});

async function setNames(name: string): Promise<void> {
  await db.write((trx) => trx.updateTable('members').set({ name }).execute());
}

function knock(index: number) {
  const door = walk.phone.packet.doors[index];
  if (door === undefined) throw new Error('no door');
  const outcome = { kind: 'result', result: 'not-home' } as const;
  const fact = { doorId: door.id, personId: null, outcome, answers: [], note: null };
  return sealKnock(walk.phone, fact, server.time.now);
}

async function move(to: string) {
  const moved = await moveChapter('oakdale', to, { files, postgres });
  if (!moved.ok) throw new Error(JSON.stringify(moved.problem));
  return moved.value;
}

async function openIn(registry: SqliteRegistry | PostgresRegistry): Promise<ChapterDb> {
  const found = await registry.openChapter(db.id);
  if (found === null) throw new Error('The chapter is not there.');
  return found;
}

test('every table of the schema is copied', async () => {
  const { rows } = await sql<{ name: string }>`select tablename as name from pg_tables
    where schemaname = current_schema() and tablename not like 'kysely%'`.execute(db.read);
  expect(rows.map((row) => row.name).sort()).toEqual([...ALL_TABLES].sort());
});

test('a chapter goes to a file, to a second server and back, the same in every table', async () => {
  const before = await sumMoved(db.read);
  const code = await postgres.codesOf(db.id);
  await move('sqlite');
  expect(await postgres.bySlug('oakdale')).toBeNull();
  expect(await sumMoved((await openIn(files)).read)).toEqual(before);
  expect(await files.codesOf(db.id)).toEqual(code);
  await move('second');
  expect(await files.bySlug('oakdale')).toBeNull();
  expect(await sumMoved((await openIn(postgres)).read)).toEqual(before);
  await move('main');
  const home = await openIn(postgres);
  expect(await sumMoved(home.read)).toEqual(before);
  // Keys go on where they were: a new person and a new phone get numbers of their own.
  const { key } = await home.write((trx) =>
    trx
      .insertInto('buildings')
      .values({
        id: 'new' as never,
        address_key: 'new',
        number: '1',
        street: '',
        city: '',
        zip: '',
        lon: null,
        lat: null,
        grade: 'none',
        precinct: null,
      })
      .returning('key')
      .executeTakeFirstOrThrow(),
  );
  expect(key).toBe(11);
});

test('a NUL in a text is kept whole on PostgreSQL and shown by its sign in a file', async () => {
  const nameIn = async (from: ChapterDb): Promise<string> =>
    (await from.read.selectFrom('members').select('name').executeTakeFirstOrThrow()).name;
  await setNames('a\0b \uFFFE c');
  expect(await nameIn(db)).toBe('a\0b \uFFFE c');
  await move('second');
  expect(await nameIn(await openIn(postgres))).toBe('a\0b \uFFFE c');
  await move('sqlite');
  expect(await nameIn(await openIn(files))).toBe('a\u2400b \uFFFE c');
});

test('a phone pushes on after a move, and what it had pushed before is a repeat', async () => {
  const facts = [knock(2)];
  await push(server, walk.phone, facts);
  await move('second');
  const other = { ...server.ports, registry: postgres };
  const { app } = await (await import('../../server/app.ts')).buildApp(other);
  const target = { ...server, app };
  const { results } = await push(target, walk.phone, [...facts, knock(3)]);
  expect(results).toMatchObject([
    { status: 'applied', repeat: true },
    { status: 'applied', repeat: false },
  ]);
  await app.close();
});

test('a handle from before the move writes nothing: its push comes back as to be sent again', async () => {
  await server.ports.registry.openChapter(db.id);
  await move('sqlite');
  await expect(push(server, walk.phone, [knock(4)])).rejects.toThrow('database-away');
});

test('killed after the copy stood and before it was listed, a move is finished by the next', async () => {
  const before = await sumMoved(db.read);
  postgres.remove = () => Promise.reject(new Error('killed'));
  await expect(move('sqlite')).rejects.toThrow('killed');
  await postgres.close();
  postgres = await PostgresRegistry.open(server.ports.config.databases, files.dataDir);
  expect((await move('sqlite')).tables).toBeNull();
  expect(await sumMoved((await openIn(files)).read)).toEqual(before);
  expect(await postgres.bySlug('oakdale')).toBeNull();
});

test('killed while copying, the chapter is where it was, and the next move makes the copy anew', async () => {
  await execRaw(db, `insert into opt_outs values (1, 'x', 1)`);
  const made = await createChapter(
    { slug: 'other', name: 'Other', timeZone: 'UTC', campaign: 'c', demo: false },
    { ...server.ports, registry: files },
  );
  expect(made.ok).toBe(true);
  const before = await sumMoved(db.read);
  const half = join(files.dataDir, 'chapters', `${db.id}.db.moving`);
  const { writeFileSync } = await import('node:fs');
  writeFileSync(half, 'half a copy');
  await move('sqlite');
  expect(existsSync(half)).toBe(false);
  expect(await sumMoved((await openIn(files)).read)).toEqual(before);
});

test('no chapter moves while an import runs, to where it is, or to a server that is not set', async () => {
  const release = await db.claim('importing');
  const refused = await moveChapter('oakdale', 'second', { files, postgres });
  expect(refused).toMatchObject({ ok: false, problem: { code: 'import-running' } });
  await release?.();
  for (const to of ['main', 'nowhere']) {
    const answer = await moveChapter('oakdale', to, { files, postgres });
    expect(answer).toMatchObject({ ok: false, problem: { code: 'not-valid' } });
  }
});

test('two names for one database are found out before the chapter makes room for itself', async () => {
  const { databases } = server.ports.config;
  const twin = new Map([...databases, ['twin', databases.get('main') ?? '']]);
  const before = await sumMoved(db.read);
  const same = await PostgresRegistry.open(twin, files.dataDir);
  const answer = await moveChapter('oakdale', 'twin', { files, postgres: same });
  await same.close();
  expect(answer).toMatchObject({ ok: false, problem: { code: 'not-valid' } });
  expect(await sumMoved(db.read)).toEqual(before);
});

test('a backup of a chapter under another short name does not take its living place', async () => {
  const { id } = db;
  const old = await SqliteChapterDb.open(id, files.fileOf(id));
  await files.add({ id, slug: 'oakdale-old', name: 'Oakdale', createdAt: 1 }, old);
  const before = await sumMoved(db.read);
  const answer = await moveChapter('oakdale-old', 'main', { files, postgres });
  expect(answer).toMatchObject({ ok: false, problem: { code: 'not-valid' } });
  expect(await sumMoved(db.read)).toEqual(before);
});

test('another chapter with the same short name is neither taken for this one nor in its way too late', async () => {
  const wish = { slug: 'oakdale', name: 'Other', timeZone: 'UTC', campaign: 'c', demo: false };
  const made = await createChapter(wish, { ...server.ports, registry: files });
  expect(made.ok).toBe(true);
  const before = await sumMoved(db.read);
  const to = (goal: string) => moveChapter('oakdale', goal, { files, postgres });
  expect(await to('main')).toMatchObject({ ok: false, problem: { code: 'not-valid' } });
  expect(await to('sqlite')).toMatchObject({ ok: false, problem: { code: 'slug-taken' } });
  expect(await sumMoved(db.read)).toEqual(before);
});

test('a copy has the name of the chapter only once the source has lost it', async () => {
  const before = await sumMoved(db.read);
  const goal = await postgres.server('second');
  // A move that is killed between the two names.
  const real = goal.use.bind(goal);
  goal.use = (schema, work) =>
    real(schema, async (session) => {
      const exec = session.exec.bind(session);
      session.exec = (text) => {
        if (text.startsWith('alter schema moving_')) return Promise.reject(new Error('killed'));
        return exec(text);
      };
      return work(session);
    });
  await expect(move('second')).rejects.toThrow('killed');
  goal.use = real;
  await expect(push(server, walk.phone, [knock(4)])).rejects.toThrow('database-away');
  await expect(PostgresChapterDb.open(db.id, goal, files.dataDir)).rejects.toThrow();
  expect((await move('second')).tables).toBeNull();
  expect(await sumMoved((await openIn(postgres)).read)).toEqual(before);
});

test('a half-made copy is found by nobody and is made anew', async () => {
  const goal = await postgres.server('second');
  const half = `moving_${schemaOf(db.id)}`;
  await PostgresChapterDb.make(db.id, goal, files.dataDir, half);
  await expect(PostgresChapterDb.open(db.id, goal, files.dataDir)).rejects.toThrow();
  const before = await sumMoved(db.read);
  await move('second');
  expect(await sumMoved((await openIn(postgres)).read)).toEqual(before);
});
