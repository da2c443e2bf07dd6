import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import { backUpChapter } from '../../server/chapter/back-up-chapter.ts';
import { restoreChapter } from '../../server/chapter/restore-chapter.ts';
import { restoreToPostgres } from '../../server/chapter/restore-to-postgres.ts';
import { PostgresChapterDb } from '../../server/store/postgres-chapter-db.ts';
import { PostgresRegistry } from '../../server/store/postgres-registry.ts';
import { openSqlite } from '../../server/store/sqlite.ts';
import { SqliteRegistry } from '../../server/store/sqlite-registry.ts';
import { makeApp, START, type TestApp } from '../api/make-app.ts';
import { makeTown } from '../api/make-town.ts';
import { joinPhone, launch, makeWalk, push, sealKnock } from '../api/make-walk.ts';

let server: TestApp;
let dir: string;
beforeEach(async () => {
  server = await makeApp();
  dir = mkdtempSync(join(tmpdir(), 'homeground-backup-'));
});
afterEach(async () => {
  await server.close();
  rmSync(dir, { recursive: true, force: true });
});

test('a backup from PostgreSQL is the same one file, and a data folder takes it', async () => {
  const db = await server.makeChapter('oakdale');
  if (db.engine !== 'postgres') throw new Error('This is tried on PostgreSQL.');
  await makeTown(db, 'Oak');
  const { phone } = await makeWalk(server, db);
  const doorId = phone.packet.doors[0]?.id;
  if (doorId === undefined) throw new Error('The packet has no door.');
  const outcome = { kind: 'result', result: 'not-home' } as const;
  const knock = (note: string | null) =>
    sealKnock(phone, { doorId, personId: null, outcome, answers: [], note }, START);
  const facts = [knock(null), knock('a\0b \ud800'), { ...knock(null), body: 'not a fact \0' }];
  await push(server, phone, facts);

  // Whoever pushes meanwhile goes on, and stands in the copy whole or not at all.
  const others = (async () => {
    for (let i = 0; i < 20; i++) await push(server, phone, [knock(`${i}`), knock(`${i}`)]);
  })();
  const file = join(dir, 'backup.db');
  const backup = await backUpChapter(db, file);
  await others;
  expect(readdirSync(dir)).toEqual(['backup.db']);
  expect(backup.held).toBe(1);
  expect(backup.facts).toBeGreaterThanOrEqual(2);
  expect(backup.facts % 2).toBe(0);

  const registry = SqliteRegistry.open(join(dir, 'data'));
  try {
    const means = { registry, clock: () => START, random: seededBytes(seededDice(3)) };
    const restored = await restoreChapter(file, { slug: null }, means);
    expect(restored).toMatchObject({ ok: true, value: { slug: 'oakdale', keptAs: null } });
    const there = await registry.openChapter(db.id);
    const rows =
      (await there?.read.selectFrom('ops').select('body').orderBy('seq').execute()) ?? [];
    expect(rows).toHaveLength(backup.facts);
    const held = await there?.read.selectFrom('held_ops').select('body').executeTakeFirst();
    expect(Buffer.from(held?.body ?? []).toString()).toBe('not a fact \0');
    const here = await db.read.selectFrom('ops').select('body').orderBy('seq').execute();
    expect(rows.map((row) => row.body)).toEqual(here.slice(0, rows.length).map((row) => row.body));
  } finally {
    await registry.close();
  }
});

test('a fact that has changed on PostgreSQL fails its backup, and what was there stays', async () => {
  const db = await server.makeChapter('elmdale');
  if (db.engine !== 'postgres') throw new Error('This is tried on PostgreSQL.');
  await makeTown(db, 'Elm');
  const { phone } = await makeWalk(server, db);
  const doorId = phone.packet.doors[0]?.id;
  if (doorId === undefined) throw new Error('The packet has no door.');
  const outcome = { kind: 'result', result: 'not-home' } as const;
  const said = { doorId, personId: null, outcome, answers: [], note: 'Thursday' };
  const facts = [sealKnock(phone, said, START), sealKnock(phone, said, START)];
  await push(server, phone, facts);
  const file = join(dir, 'backup.db');
  const good = await backUpChapter(db, file);
  await db.exclusive((session) =>
    session.exec(`update ops set body = replace(body, 'Thursday', 'Thursdaz')
      where seq = (select max(seq) from ops)`),
  );
  await expect(backUpChapter(db, file)).rejects.toMatchObject({
    damage: { facts: 1, held: 0, first: [facts[1]?.opId] },
    keptAs: `${file}.damaged`,
  });
  expect(readdirSync(dir).sort()).toEqual(['backup.db', 'backup.db.damaged']);

  const registry = SqliteRegistry.open(join(dir, 'data'));
  try {
    const means = { registry, clock: () => START, random: seededBytes(seededDice(4)) };
    const restored = await restoreChapter(`${file}.damaged`, { slug: null }, means);
    expect(restored).toMatchObject({ ok: true, value: { damaged: { aside: 1, mended: 0 } } });
    expect(good.facts).toBe(2);
  } finally {
    await registry.close();
  }
});

test('a backup is put back on PostgreSQL in one go, while a server goes on', async () => {
  const db = await server.makeChapter('ashdale');
  if (db.engine !== 'postgres') throw new Error('This is tried on PostgreSQL.');
  const { registry, config, random, clock } = server.ports;
  if (!(registry instanceof PostgresRegistry)) throw new Error('This is tried on PostgreSQL.');
  await makeTown(db, 'Ash');
  const { phone, code } = await makeWalk(server, db);
  const doorId = phone.packet.doors[0]?.id;
  if (doorId === undefined) throw new Error('The packet has no door.');
  const outcome = { kind: 'result', result: 'not-home' } as const;
  const knock = () =>
    sealKnock(phone, { doorId, personId: null, outcome, answers: [], note: 'Sunday' }, START);
  const before = [knock(), knock()];
  await push(server, phone, before);
  const file = join(dir, 'backup.db');
  await backUpChapter(db, file);
  const after = [knock()];
  await push(server, phone, after);
  const late = await joinPhone(server, await code(), 'Dara');

  const means = { registry, dataDir: config.dataDir, clock, random };
  const read = () =>
    db.read
      .selectFrom('chapter')
      .select([
        'incarnation',
        (eb) => eb.selectFrom('ops').select(eb.fn.countAll<number>().as('n')).as('facts'),
      ])
      .executeTakeFirstOrThrow();
  const old = await read();
  // Broken off in the middle: nothing has changed, and the next one makes room for itself.
  await PostgresChapterDb.make(db.id, db.server, db.folder, `restoring_${db.schema}`);
  const { keptAs: kept, ...first } = await restored();
  expect(first).toMatchObject({ carried: { phones: 1 }, damaged: { aside: 0, mended: 0 } });
  expect(kept).toBe(`before_restore_${db.schema}`);
  const now = await read();
  expect(now.facts).toBe(2);
  expect(now.incarnation).not.toBe(old.incarnation);
  expect((await push(server, phone, [...before, ...after])).results).toMatchObject([
    { status: 'applied', repeat: true },
    { status: 'applied', repeat: true },
    { status: 'applied', repeat: false },
  ]);
  expect((await push(server, late, [])).incarnation).toBe(now.incarnation);
  const there = await db.server.use(kept ?? '', (session) =>
    session.query<{ n: number }>('select count(*) as n from ops'),
  );
  expect(there).toEqual([{ n: 3 }]);

  // One that is whole in the schema that is there is mended; the name beside is a new one.
  const spoilt = openSqlite(file);
  spoilt.exec("update ops set body = replace(body, 'Sunday', 'Sundaz')");
  spoilt.exec('pragma journal_mode = delete');
  spoilt.close();
  expect(await restored()).toMatchObject({ keptAs: `${kept}_2`, damaged: { aside: 0, mended: 2 } });
  const schemas = await db.server.use('pg_catalog', (session) =>
    session.query<{ n: number }>(
      "select count(*) as n from pg_namespace where nspname like 'restoring%'",
    ),
  );
  expect(schemas).toEqual([{ n: 0 }]);

  const release = await db.claim('importing');
  const busy = await restoreToPostgres(file, { slug: null }, means);
  expect(busy).toMatchObject({ ok: false, problem: { code: 'import-running' } });
  await release?.();

  async function restored() {
    const done = await restoreToPostgres(file, { slug: null }, means);
    if (!done.ok) throw new Error(done.problem.code);
    return done.value;
  }
});

test('a backup of a chapter that PostgreSQL does not have is added there, and its codes open nothing more', async () => {
  const db = await server.makeChapter('birchdale');
  if (db.engine !== 'postgres') throw new Error('This is tried on PostgreSQL.');
  await makeTown(db, 'Birch');
  const { turf, code } = await makeWalk(server, db);
  const unused = await code();
  const file = join(dir, 'backup.db');
  await backUpChapter(db, file);
  const other = await makeApp({ dataDir: mkdtempSync(join(dir, 'other-')), seed: 8 });
  try {
    const { registry, config, random, clock } = other.ports;
    if (!(registry instanceof PostgresRegistry)) throw new Error('This is tried on PostgreSQL.');
    const means = { registry, dataDir: config.dataDir, clock, random };
    expect(await restoreToPostgres(file, { slug: 'birch-two' }, means)).toMatchObject({
      ok: true,
      value: { slug: 'birch-two', keptAs: null, carried: null },
    });
    // Codes of before open nothing: one that was used since the backup would open it again.
    const stale = await other.app.inject({
      method: 'POST',
      url: '/v1/join',
      payload: { code: unused, name: 'Eve' },
    });
    expect(stale.statusCode).toBe(404);
    const restored = await registry.openChapter(db.id);
    if (restored === null) throw new Error('The chapter is not there.');
    await joinPhone(other, (await launch(other, restored, turf.id)).code, 'Eli');
    expect(await restoreToPostgres(file, { slug: 'another' }, means)).toMatchObject({ ok: false });
  } finally {
    await other.close();
  }
});
