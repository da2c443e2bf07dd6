import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeId, type ChapterId } from '#shared/kernel/ids.ts';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import { PostgresChapterDb } from '../../server/store/postgres-chapter-db.ts';
import { PostgresServer } from '../../server/store/postgres-server.ts';
import { takeSeq } from '../../server/store/clock.ts';
import { makeDatabase } from './test-server.ts';

const random = seededBytes(seededDice(5));
/** Two servers of this process stand for two processes: nothing but the database joins them. */
let one: PostgresServer;
let two: PostgresServer;
let url: string;

beforeAll(async () => {
  url = await makeDatabase();
  one = await PostgresServer.open('main', url);
  two = await PostgresServer.open('main', url);
});
afterAll(async () => {
  await one.close();
  await two.close();
});

const newId = (): ChapterId => makeId<ChapterId>(1, random);

async function countRows(db: PostgresChapterDb): Promise<number> {
  return (await db.read.selectFrom('elections').select('name').execute()).length;
}

const election = (name: string) => ({ name, label: name, sort_key: name });

test('processes that make and open the same chapter at once all succeed', async () => {
  const id = newId();
  const servers = [one, two, one, two];
  const opened = await Promise.all(servers.map((server) => PostgresChapterDb.make(id, server, '')));
  for (const db of opened) expect(await countRows(db)).toBe(0);
});

test('chapters that share connections never see each other', async () => {
  const dbs = await Promise.all(
    Array.from({ length: 6 }, () => PostgresChapterDb.make(newId(), one, '')),
  );
  const write = (db: PostgresChapterDb, i: number, k: number) =>
    db.write((trx) =>
      trx
        .insertInto('elections')
        .values(election(`${i} ${k}`))
        .execute(),
    );
  await Promise.all(
    dbs.flatMap((db, i) =>
      Array.from({ length: 10 }, (_, k) => [write(db, i, k), countRows(db)]).flat(),
    ),
  );
  for (const [i, db] of dbs.entries()) {
    const rows = await db.read.selectFrom('elections').select('name').execute();
    expect(rows.map((row) => row.name).sort()).toEqual(
      Array.from({ length: 10 }, (_, k) => `${i} ${k}`),
    );
  }
});

test('a number is never seen before all numbers below it, however many processes write', async () => {
  const id = newId();
  const a = await PostgresChapterDb.make(id, one, '');
  const b = await PostgresChapterDb.open(id, two, '');
  await a.write((trx) => trx.insertInto('clock').values({ only: 1, seq: 0 }).execute());
  const state = { writing: true };
  const seen: number[] = [];
  const watch = (async () => {
    while (state.writing) {
      const rows = await a.read.selectFrom('elections').select('sort_key').execute();
      const numbers = rows.map((row) => Number(row.sort_key)).sort((x, y) => x - y);
      expect(numbers).toEqual(numbers.map((_, i) => i + 1));
      seen.push(numbers.length);
    }
  })();
  await Promise.all(
    Array.from({ length: 80 }, (_, i) =>
      (i % 2 === 0 ? a : b)
        .write(async (trx) => {
          const seq = await takeSeq(trx, 1);
          const row = { name: `n${i}`, label: '', sort_key: String(seq) };
          await trx.insertInto('elections').values(row).execute();
          if (i % 7 === 0) throw new Error('undone');
        })
        .catch(() => {}),
    ),
  );
  state.writing = false;
  await watch;
  expect(await countRows(a)).toBe(80 - 12);
  expect(seen.length).toBeGreaterThan(2);
});

test('a transaction that failed in the middle is never taken for a commit', async () => {
  const db = await PostgresChapterDb.make(newId(), one, '');
  const swallow = db.write(async (trx) => {
    await trx.insertInto('elections').values(election('a')).execute();
    await trx
      .insertInto('elections')
      .values(election('a'))
      .execute()
      .catch(() => {});
  });
  await expect(swallow).rejects.toThrow('rolled back');
  expect(await countRows(db)).toBe(0);
  await db.write((trx) => trx.insertInto('elections').values(election('b')).execute());
  expect(await countRows(db)).toBe(1);
});

test('a snapshot stays as it was while others write', async () => {
  const db = await PostgresChapterDb.make(newId(), one, '');
  const snapshot = await db.openSnapshot();
  expect(await snapshot.db.selectFrom('elections').selectAll().execute()).toEqual([]);
  await db.write((trx) => trx.insertInto('elections').values(election('later')).execute());
  expect(await snapshot.db.selectFrom('elections').selectAll().execute()).toEqual([]);
  await snapshot.close();
  expect(await countRows(db)).toBe(1);
});

test('a task is claimed by one, until it is done', async () => {
  const id = newId();
  const a = await PostgresChapterDb.make(id, one, '');
  const b = await PostgresChapterDb.open(id, two, '');
  const release = await a.claim('importing');
  expect(release).not.toBeNull();
  expect(await b.claim('importing')).toBeNull();
  await release?.();
  const next = await b.claim('importing');
  expect(next).not.toBeNull();
  await next?.();
});

test('a server that answers before a commit is on the disk is refused', async () => {
  const lazy = new URL(url);
  lazy.searchParams.set('options', '-c synchronous_commit=off');
  await expect(PostgresServer.open('main', lazy.href)).rejects.toThrow('synchronous_commit = off');
});
