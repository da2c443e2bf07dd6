import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sqliteDialect } from '../kysely-sqlite.ts';
import { migrate } from '../migrate.ts';
import { openSqlite, type Sqlite } from '../sqlite.ts';
import type { Tables } from '../tables.ts';

let folder: string;
let sqlite: Sqlite;
let db: Kysely<Tables>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'homeground-0003-'));
  sqlite = openSqlite(join(folder, 'chapter.db'));
  db = new Kysely<Tables>({ dialect: sqliteDialect(sqlite, true) });
  await migrate(db, '0002-door-opt-outs');
  // What the first release wrote: two phones, one of which took a second turf, and their facts.
  sqlite.exec(`
    insert into chapter values ('c', 'oak', 'Oak', 'UTC', 'i', x'00', 0, 1);
    insert into clock values (1, 4);
    insert into campaigns values ('k', 'Spring', null, 1);
    insert into members values ('m', 'Cleo', 'canvasser', 1, null), ('n', 'Dana', 'canvasser', 1, null);
    insert into devices values (1, 'd1', x'01', 'm', 1, 9, 'e', 4, 0, null),
      (2, 'd2', x'02', 'n', 1, null, null, null, null, null);
    insert into buildings values (1, 'b', 'a', '1', 'Main', '', '', 0, 0, 'exact', null);
    insert into doors values (1, 'o', 1, '', '');
    insert into universes values ('u', 'k', 'All', '{}', 0, 0, 'm', 1);
    insert into turfs values ('t1', 'k', 'u', 'A', 0, 'published', 1, '{}', 1, 1),
      ('t2', 'k', 'u', 'B', 1, 'published', 1, '{}', 1, 1);
    insert into turf_doors values ('t1', 1, 1);
    insert into assignments values ('t1', 1, 10, 900, null), ('t2', 1, 20, 900, null),
      ('t1', 2, 10, 900, null);
    insert into ops values (1, x'a1', 'knock', 1, null, 1, 'e', 1, null, 5, 100, x'00', '{}'),
      (2, x'a2', 'knock', 1, null, 1, 'e', 2, null, 5, 110, x'00', '{}'),
      (3, x'a3', 'knock', 1, null, 1, 'e', 4, null, 5, 120, x'00', '{}'),
      (4, x'a4', 'knock', 1, null, 1, 'f', 1, null, 5, 130, x'00', '{}');
    insert into held_ops values (1, 'x', 1, 'scope', 125, 'h',
      '{"dbEpoch":"e","localSeq":3,"note":"Ünï"}'), (2, 'y', 1, 'corrupt', 5, 'h', 'nonsense')`);
  await migrate(db);
});
afterEach(async () => {
  await db.destroy();
  rmSync(folder, { recursive: true, force: true });
});

test('a chapter of the first release gets a key, and its phones push for ever without one', async () => {
  const chapter = await db.selectFrom('chapter').selectAll().executeTakeFirstOrThrow();
  expect(chapter.seal_public).toHaveLength(65);
  expect(chapter.seal_private?.length).toBeGreaterThan(65);
  const phones = await db.selectFrom('devices').select(['grant_until', 'public_key']).execute();
  expect(phones).toEqual([
    { grant_until: 0, public_key: null },
    { grant_until: 0, public_key: null },
  ]);
});

test('which numbers of a phone’s outbox have come is counted out of what arrived, held facts too', async () => {
  const epochs = await db.selectFrom('device_epochs').selectAll().orderBy('db_epoch').execute();
  expect(epochs).toEqual([
    {
      device_key: 1,
      db_epoch: 'e',
      have: '[[1,4]]',
      max_local_seq: 4,
      first_at: 100,
      last_at: 125,
    },
    {
      device_key: 1,
      db_epoch: 'f',
      have: '[[1,1]]',
      max_local_seq: 1,
      first_at: 130,
      last_at: 130,
    },
  ]);
});

test('a phone keeps the turf that it took last; doors are in their turfs; held bytes stay', async () => {
  const holds = await db
    .selectFrom('assignments')
    .select(['device_key', 'turf_id', 'ended_at'])
    .orderBy('device_key')
    .orderBy('from_at')
    .execute();
  expect(holds).toEqual([
    { device_key: 1, turf_id: 't1', ended_at: 20 },
    { device_key: 1, turf_id: 't2', ended_at: null },
    { device_key: 2, turf_id: 't1', ended_at: null },
  ]);
  expect(await db.selectFrom('turf_doors').selectAll().execute()).toMatchObject([
    { door_key: 1, added_seq: 0, added_at: 0, removed_seq: null, removed_at: null },
  ]);
  const held = await db
    .selectFrom('held_ops')
    .selectAll()
    .where('key', '=', 1)
    .executeTakeFirstOrThrow();
  expect(Buffer.from(held.body).toString()).toContain('Ünï');
  expect([held.decision, held.as_seq]).toEqual([null, null]);
});
