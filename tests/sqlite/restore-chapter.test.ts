import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import { makeApp, START, type TestApp } from '../api/make-app.ts';
import { makeTown } from '../api/make-town.ts';
import {
  askToken,
  call,
  joinPhone,
  launch,
  makeWalk,
  push,
  sealKnock,
  type Phone,
  type Walk,
} from '../api/make-walk.ts';
import type { SealedOp } from '#shared/sync/protocol.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { openSqlite } from '../../server/store/sqlite.ts';
import { SqliteRegistry } from '../../server/store/sqlite-registry.ts';
import { backUpChapter } from '../../server/chapter/back-up-chapter.ts';
import { restoreChapter } from '../../server/chapter/restore-chapter.ts';

let dir: string;
let runs = 0;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'homeground-restore-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const data = (): string => join(dir, 'data');
const backupFile = (): string => join(dir, 'backup.db');

/** A run of the server from its start to its end, on the same folder. */
async function run<T>(work: (server: TestApp) => Promise<T>, dataDir = data()): Promise<T> {
  runs += 1;
  const server = await makeApp({ dataDir, seed: runs });
  try {
    return await work(server);
  } finally {
    await server.close();
  }
}

/**
 * A driver may keep a closed connection until its statements are collected, and then take away the
 * log of whatever has the database's name by then: it is due before another file gets that name. One
 * process never does both but here.
 */
function collect(): void {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  gc();
  gc();
}

/** The command, with no server on the folder. */
async function restore(file = backupFile(), slug: string | null = null, dataDir = data()) {
  runs += 1;
  collect();
  const registry = SqliteRegistry.open(dataDir);
  try {
    const random = seededBytes(seededDice(runs));
    return await restoreChapter(file, { slug }, { registry, clock: () => START, random });
  } finally {
    await registry.close();
    collect();
  }
}

async function chapterOf({ ports }: TestApp): Promise<ChapterDb> {
  const known = (await ports.registry.bySlug('oakdale')) ?? (await ports.registry.chapters())[0];
  const db = known === undefined ? null : await ports.registry.openChapter(known.id);
  if (db === null) throw new Error('The chapter is not there.');
  return db;
}

async function headOf(server: TestApp) {
  const db = await chapterOf(server);
  const { incarnation } = await db.read
    .selectFrom('chapter')
    .select('incarnation')
    .executeTakeFirstOrThrow();
  const rows = await db.read.selectFrom('ops').select('seq').orderBy('seq').execute();
  return { id: db.id, incarnation, facts: rows.length };
}

function knock({ phone }: Pick<Walk, 'phone'>): SealedOp {
  const door = phone.packet.doors[0];
  if (door === undefined) throw new Error('The packet has no door.');
  const outcome = { kind: 'result', result: 'not-home' } as const;
  return sealKnock(
    phone,
    { doorId: door.id, personId: null, outcome, answers: [], note: null },
    START,
  );
}

/** A chapter with a phone and three facts, backed up; then two facts more. */
async function makeBackup() {
  return run(async (server) => {
    const db = await server.makeChapter('oakdale');
    await makeTown(db, 'Oak');
    const walk = await makeWalk(server, db);
    const before = [knock(walk), knock(walk), knock(walk)];
    await push(server, walk.phone, before);
    if (db.engine !== 'sqlite') throw new Error('A file is what is tried here.');
    const backup = await backUpChapter(db, backupFile());
    const after = [knock(walk), knock(walk)];
    await push(server, walk.phone, after);
    const { incarnation } = await headOf(server);
    return { id: db.id, walk, before, after, backup, incarnation };
  });
}

interface Moment {
  readonly incarnation: string;
  readonly seq: number;
}

async function momentOf(server: TestApp): Promise<Moment> {
  const { read } = await chapterOf(server);
  return read
    .selectFrom('chapter')
    .innerJoin('clock', (join) => join.onTrue())
    .select(['chapter.incarnation', 'clock.seq'])
    .executeTakeFirstOrThrow();
}

/** Makes the database what a copy of that moment would be, as if somebody put that in its place. */
function putBack({ incarnation, seq }: Moment): Promise<void> {
  return run(async (server) => {
    const db = await chapterOf(server);
    await server.app.close();
    await db.write(async (trx) => {
      await trx.deleteFrom('ops').where('ops.seq', '>', seq).execute();
      await trx.deleteFrom('held_ops').execute();
      await trx.updateTable('clock').set({ seq }).execute();
      await trx.updateTable('chapter').set({ incarnation }).execute();
    });
  });
}

test('what phones kept comes back after a restore, and nothing comes twice', async () => {
  const { walk, before, after, backup, incarnation } = await makeBackup();
  expect(backup).toMatchObject({ facts: 3, held: 0, incarnation });
  const restored = await restore();
  expect(restored).toMatchObject({ ok: true, value: { slug: 'oakdale', carried: { phones: 0 } } });
  await run(async (server) => {
    const head = await headOf(server);
    expect(head.facts).toBe(3);
    expect(head.incarnation).not.toBe(incarnation);
    const answer = await push(server, walk.phone, [...before, ...after]);
    expect(answer.incarnation).toBe(head.incarnation);
    expect(answer.results.map((one) => [one.status, one.repeat])).toEqual([
      ...before.map(() => ['applied', true]),
      ...after.map(() => ['applied', false]),
    ]);
    expect((await headOf(server)).facts).toBe(5);
  });
});

test('what was there before stays beside, whole, however often one restores', async () => {
  const { id } = await makeBackup();
  const path = join(data(), 'chapters', `${id}.db`);
  for (const name of [`${path}.before-restore`, `${path}.before-restore-2`]) {
    const restored = await restore();
    expect(restored).toMatchObject({ ok: true, value: { keptAs: name } });
    expect(existsSync(name)).toBe(true);
  }
  const kept = openSqlite(`${path}.before-restore`);
  expect(kept.prepare('select count(*) as n from ops').get()).toEqual({ n: 5 });
  kept.close();
  expect(readdirSync(data()).filter((name) => /restoring/.test(name))).toEqual([]);
});

test('the file of a backup is one file, readable on its own, and is left as it was', async () => {
  const { backup } = await makeBackup();
  const bytes = readFileSync(backupFile());
  expect(backup.bytes).toBe(bytes.length);
  expect(statSync(backupFile()).mode & 0o077).toBe(0);
  await restore();
  expect(readFileSync(backupFile()).equals(bytes)).toBe(true);
  expect(readdirSync(dir).sort()).toEqual(['backup.db', 'data']);
});

test('a chapter that no server has open is backed up just so', async () => {
  const { id, incarnation } = await makeBackup();
  const path = join(data(), 'chapters', `${id}.db`);
  const backup = await backUpChapter({ engine: 'sqlite', id, path }, join(dir, 'cold.db'));
  expect(backup).toMatchObject({ facts: 5, incarnation });
});

test('a restore undoes no revocation, and a phone that joined since still brings its facts', async () => {
  const { walk } = await makeBackup();
  const late = await run(async (server) => {
    const db = await chapterOf(server);
    const phone = await joinPhone(server, (await launch(server, db, walk.turf.id)).code, 'Dara');
    const lead = await server.staff(db, 'admin');
    await call(server, lead, 'POST', `/v1/phones/${walk.phone.joined.deviceId}/revoke`, {
      lost: true,
    });
    return phone;
  });
  expect(await restore()).toMatchObject({ ok: true, value: { carried: { phones: 1 } } });
  await run(async (server) => {
    const fact = knock({ phone: late });
    expect((await push(server, late, [fact])).results).toMatchObject([{ status: 'applied' }]);
    const { joined, headers, key } = walk.phone;
    const { standing } = await askToken(server, headers, joined.deviceId, key);
    expect(standing).toBe('lost');
    const stranger = await push(server, walk.phone, [knock(walk)]);
    expect(stranger.results).toMatchObject([{ status: 'held', reason: 'scope' }]);
  });
});

test('a backup opens on another machine, under another short name', async () => {
  const { walk } = await makeBackup();
  const elsewhere = join(dir, 'elsewhere');
  expect(await restore(backupFile(), 'oakdale-two', elsewhere)).toMatchObject({
    ok: true,
    value: { slug: 'oakdale-two', keptAs: null, carried: null },
  });
  await run(async (server) => {
    expect((await headOf(server)).facts).toBe(3);
    expect((await push(server, walk.phone, [knock(walk)])).results).toMatchObject([
      { status: 'applied' },
    ]);
    const code = (await launch(server, await chapterOf(server), walk.turf.id)).code;
    await joinPhone(server, code, 'Eli');
  }, elsewhere);
});

test('a short name that another chapter has is not taken from it', async () => {
  await makeBackup();
  const elsewhere = join(dir, 'elsewhere');
  await run(async (server) => void (await server.makeChapter('oakdale')), elsewhere);
  const refused = await restore(backupFile(), null, elsewhere);
  expect(refused).toMatchObject({ ok: false, problem: { code: 'slug-taken' } });
  expect(await restore(backupFile(), 'No Slug', elsewhere)).toMatchObject({ ok: false });
  expect(await restore(backupFile(), 'other')).toMatchObject({
    ok: false,
    problem: { code: 'backup-refused' },
  });
});

test('a database that another program reads is left alone', async () => {
  const { id, incarnation } = await makeBackup();
  const other = openSqlite(join(data(), 'chapters', `${id}.db`));
  other.exec('begin; select count(*) from ops; insert into clock select 2, 0 where false');
  const refused = await restore();
  other.exec('rollback');
  other.close();
  expect(refused).toMatchObject({ ok: false, problem: { code: 'backup-refused' } });
  await run(async (server) => expect(await headOf(server)).toEqual({ id, incarnation, facts: 5 }));
});

function spoil(change: (path: string) => void): string {
  const path = join(dir, `spoilt-${readdirSync(dir).length}.db`);
  copyFileSync(backupFile(), path);
  change(path);
  return path;
}
const statement =
  (text: string) =>
  (path: string): void => {
    const sqlite = openSqlite(path);
    sqlite.exec('pragma foreign_keys = off');
    sqlite.exec(text);
    sqlite.exec('pragma journal_mode = delete');
    sqlite.close();
  };

const SPOILT: readonly (readonly [string, (path: string) => void])[] = [
  ['empty', (path) => writeFileSync(path, '')],
  ['no database', (path) => writeFileSync(path, '<!doctype html><p>Welcome to the hotel')],
  ['cut in the middle', (path) => truncateSync(path, 40_960)],
  ['noise in its pages', (path) => scribble(path)],
  ['a database of something else', statement('drop table ops')],
  ['a chapter without its stamp', statement('delete from chapter')],
  [
    'two chapters at once',
    statement(
      `create temp table other as select * from chapter; update other set id = 'other';
        insert into chapter select * from other`,
    ),
  ],
  ['made by a newer version', statement(`insert into kysely_migration values ('0999-later', 'x')`)],
];

test('a backup that is not whole, not ours or not readable is refused, and the chapter stays as it is', async () => {
  const { id, incarnation } = await makeBackup();
  for (const [what, change] of SPOILT) {
    const refused = await restore(spoil(change));
    expect([what, refused]).toMatchObject([
      what,
      { ok: false, problem: { code: 'backup-refused' } },
    ]);
    const left = readdirSync(data(), { recursive: true });
    expect(left.filter((name) => /restor/.test(String(name)))).toEqual([]);
  }
  await run(async (server) => expect(await headOf(server)).toEqual({ id, incarnation, facts: 5 }));
});

function scribble(path: string): void {
  const bytes = readFileSync(path);
  bytes.fill(0x5a, 8192, 8192 + 20_000);
  writeFileSync(path, bytes);
}

test('a chapter whose database is destroyed is restored all the same', async () => {
  const { id, walk, before, after } = await makeBackup();
  const path = join(data(), 'chapters', `${id}.db`);
  collect();
  writeFileSync(path, 'nothing is left of it');
  writeFileSync(`${path}-wal`, 'nor of this');
  const restored = await restore();
  expect(restored).toMatchObject({
    ok: true,
    value: { carried: null, keptAs: `${path}.before-restore` },
  });
  expect(readFileSync(`${path}.before-restore`, 'utf8')).toBe('nothing is left of it');
  expect(readFileSync(`${path}.before-restore-wal`, 'utf8')).toBe('nor of this');
  await run(async (server) => {
    await push(server, walk.phone, [...before, ...after]);
    expect((await headOf(server)).facts).toBe(5);
  });
});

test('an older copy that somebody put back by hand is found when the server starts, once', async () => {
  const { walk } = await makeBackup();
  const copy = await run(momentOf);
  await run((server) => push(server, walk.phone, [knock(walk)]));
  await putBack(copy);
  const second = await run(headOf);
  expect(second.incarnation).not.toBe(copy.incarnation);
  expect(second.facts).toBe(5);
  expect(await run(headOf)).toEqual(second);
  // The same copy once more: the first incarnation's own line tells, whatever came after it.
  await putBack(copy);
  const third = await run(headOf);
  expect([copy.incarnation, second.incarnation]).not.toContain(third.incarnation);
});

test('an older copy that lacks only something held is found as well', async () => {
  const { walk } = await makeBackup();
  const copy = await run(momentOf);
  const broken = { ...knock(walk), body: 'no fact at all' };
  await run((server) => push(server, walk.phone, [broken]));
  await putBack(copy);
  expect((await run(headOf)).incarnation).not.toBe(copy.incarnation);
});

test('a server that starts again on its own database keeps its incarnation', async () => {
  const { walk, incarnation } = await makeBackup();
  for (let i = 0; i < 3; i++) {
    await run(async (server) => {
      await push(server, walk.phone, [knock(walk)]);
      expect((await headOf(server)).incarnation).toBe(incarnation);
    });
  }
});

async function pull(server: TestApp, phone: Phone, cursor: string) {
  const { joined, headers, key } = phone;
  const { token } = await askToken(server, headers, joined.deviceId, key);
  const url = `/v1/pull?cursor=${encodeURIComponent(cursor)}`;
  return server.app.inject({ url, headers: { authorization: `Bearer ${token}` } });
}

test('a cursor ahead of the log tells of an older copy, once; one that was made up tells nothing', async () => {
  const { walk, incarnation } = await makeBackup();
  const copy = await run(momentOf);
  const cursor = await run(async (server) => {
    await push(server, walk.phone, [knock(walk)]);
    return (await pull(server, walk.phone, walk.phone.packet.cursor)).json<{ cursor: string }>()
      .cursor;
  });
  await putBack(copy);
  // The marks went with the disk as well: only the phone knows.
  rmSync(join(data(), 'high-water'), { recursive: true });
  await run(async (server) => {
    const [fields = '', mac = ''] = cursor.split('.');
    const said = JSON.parse(Buffer.from(fields, 'base64url').toString()) as unknown[];
    const further = said.map((field) =>
      typeof field === 'number' && field > 1 ? field + 1000 : field,
    );
    const made = Buffer.from(JSON.stringify(further)).toString('base64url');
    for (const lie of [`${made}.${mac}`, `${made}.`, made, `${fields}.${mac}x`, 'x.y']) {
      const answer = await pull(server, walk.phone, lie);
      expect(answer.json()).toMatchObject({ problem: { code: 'cursor-refused' } });
      expect((await headOf(server)).incarnation).toBe(incarnation);
    }
    const answer = await pull(server, walk.phone, cursor);
    expect(answer.json()).toMatchObject({ problem: { code: 'cursor-refused' } });
    const renewed = (await headOf(server)).incarnation;
    expect(renewed).not.toBe(incarnation);
    await pull(server, walk.phone, cursor);
    expect((await headOf(server)).incarnation).toBe(renewed);
  });
});

/** Changes one letter of a stored fact, as a bad disk does. */
const changed = (table: 'ops' | 'held_ops', which: string): string =>
  `update ${table} set body = cast(replace(cast(body as text), '"knock"', '"knuck"') as ${table === 'ops' ? 'text' : 'blob'}) where ${which}`;
const rot = (table: 'ops' | 'held_ops', which: string) => statement(changed(table, which));
/** The clock moves for more than facts. */
const nth = (n: number): string =>
  `seq = (select seq from ops order by seq limit 1 offset ${n - 1})`;
const live = (id: string): string => join(data(), 'chapters', `${id}.db`);

test('a fact that has changed in the database fails its backup, and the good one before it stays', async () => {
  const { id } = await makeBackup();
  const good = readFileSync(backupFile());
  await run(async (server) => {
    const db = await chapterOf(server);
    if (db.engine === 'sqlite') await db.exclusive((sqlite) => sqlite.exec(changed('ops', nth(2))));
  });
  const made = backUpChapter({ engine: 'sqlite', id, path: live(id) }, backupFile());
  await expect(made).rejects.toThrow('1 stored facts are not the bytes of their hash');
  await expect(made).rejects.toMatchObject({ damage: { facts: 1, held: 0 } });
  expect(readFileSync(backupFile()).equals(good)).toBe(true);
  expect(readdirSync(dir).sort()).toEqual(['backup.db', 'backup.db.damaged', 'data']);
  expect(statSync(`${backupFile()}.damaged`).mode & 0o077).toBe(0);
});

test('a fact that has changed in the backup does not count, and is accepted when a phone brings it', async () => {
  const { walk, before, after } = await makeBackup();
  const elsewhere = join(dir, 'elsewhere');
  const restored = await restore(spoil(rot('ops', nth(2))), null, elsewhere);
  expect(restored).toMatchObject({
    ok: true,
    value: { damaged: { aside: 1, mended: 0, first: [before[1]?.opId] } },
  });
  await run(async (server) => {
    const db = await chapterOf(server);
    const lead = await server.staff(db, 'admin');
    const held = async (state: string) =>
      (await call<{ entries: unknown[] }>(server, lead, 'GET', `/v1/held?state=${state}`)).entries;
    expect((await headOf(server)).facts).toBe(2);
    const waiting = await held('waiting');
    expect(waiting).toMatchObject([{ opId: before[1]?.opId, reason: 'damaged', may: ['discard'] }]);
    // Its number is no longer among those that the chapter says it has, which makes phones send it.
    const heartbeat = await push(server, walk.phone, []);
    const numbers = before.map(({ body }) => (JSON.parse(body) as { localSeq: number }).localSeq);
    const has = (seq: number) =>
      heartbeat.have?.some(([from, to]) => from <= seq && seq <= to) ?? false;
    expect(numbers.map(has)).toEqual([true, false, true]);

    const answer = await push(server, walk.phone, [...before, ...after]);
    expect(answer.results.map((one) => [one.status, one.repeat])).toEqual([
      ['applied', true],
      ['applied', false],
      ['applied', true],
      ['applied', false],
      ['applied', false],
    ]);
    expect((await headOf(server)).facts).toBe(5);
    expect(await held('waiting')).toEqual([]);
    expect(await held('decided')).toMatchObject([{ decision: { what: 'accepted' } }]);
  }, elsewhere);
});

test('a fact that is whole in the database that was there is mended from it', async () => {
  const { before } = await makeBackup();
  const restored = await restore(spoil(rot('ops', `${nth(1)} or ${nth(2)}`)));
  expect(restored).toMatchObject({ ok: true, value: { damaged: { aside: 0, mended: 2 } } });
  await run(async (server) => {
    const db = await chapterOf(server);
    const rows = await db.read.selectFrom('ops').select('body').orderBy('seq').execute();
    expect(rows.map((row) => row.body)).toEqual(before.map((fact) => fact.body));
  });
});

test('an opt-out whose bytes have changed stays one', async () => {
  const elsewhere = join(dir, 'elsewhere');
  const { walk, optOut } = await run(async (server) => {
    const db = await server.makeChapter('oakdale');
    await makeTown(db, 'Oak');
    const walk = await makeWalk(server, db);
    const door = walk.phone.packet.doors[0];
    if (door === undefined || db.engine !== 'sqlite') throw new Error('There is no door.');
    const outcome = { kind: 'result', result: 'do-not-contact' } as const;
    const said = { doorId: door.id, personId: null, outcome, answers: [], note: null };
    const optOut = sealKnock(walk.phone, said, START);
    await push(server, walk.phone, [optOut]);
    await backUpChapter(db, backupFile());
    return { walk, optOut };
  });
  await restore(spoil(rot('ops', nth(1))), null, elsewhere);
  const optedOut = (server: TestApp) =>
    chapterOf(server).then(async ({ read }) => {
      const doors = await read.selectFrom('door_opt_outs').select('op_id').execute();
      const people = await read.selectFrom('opt_outs').select('op_id').execute();
      return [doors.length, people.length > 0, (await headOf(server)).facts];
    });
  await run(async (server) => {
    expect(await optedOut(server)).toEqual([1, true, 0]);
    await push(server, walk.phone, [optOut]);
    expect(await optedOut(server)).toEqual([1, true, 1]);
  }, elsewhere);
});

test('what is held and has changed is held as damaged, and held anew when it comes again', async () => {
  const { id, walk } = await makeBackup();
  const fact = knock(walk);
  const strange = { ...fact, body: fact.body.replaceAll(walk.phone.packet.doors[0]?.id ?? '', id) };
  const sha256 = createHash('sha256').update(strange.body).digest('hex');
  const elsewhere = join(dir, 'elsewhere');
  const held = { ...strange, sha256 };
  await run(async (server) => {
    expect((await push(server, walk.phone, [held])).results).toMatchObject([{ status: 'held' }]);
    const db = await chapterOf(server);
    if (db.engine === 'sqlite') await backUpChapter(db, backupFile());
  });
  const restored = await restore(spoil(rot('held_ops', 'true')), null, elsewhere);
  expect(restored).toMatchObject({ ok: true, value: { damaged: { aside: 1, mended: 0 } } });
  await run(async (server) => {
    const { results } = await push(server, walk.phone, [held]);
    expect(results).toMatchObject([{ status: 'held', repeat: false }]);
    const { read } = await chapterOf(server);
    const rows = await read.selectFrom('held_ops').select('reason').orderBy('key').execute();
    expect(rows.map((row) => row.reason)).toEqual([
      'damaged',
      results[0]?.status === 'held' ? results[0].reason : '',
    ]);
    const file = join(dir, 'after.db');
    const db = await chapterOf(server);
    if (db.engine === 'sqlite') expect(await backUpChapter(db, file)).toMatchObject({ held: 2 });
  }, elsewhere);
});
