import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BackupsPage, DrillEntry, HandOver, NewBackupKey } from '#shared/model/backup.ts';
import { backupCommand } from '../../server/cli/backup-keys.ts';
import { chapterCommand } from '../../server/cli/chapter.ts';
import { makeCopy } from '../../server/backup/make-copy.ts';
import { BackupKeeper } from '../../server/backup/keep-backups.ts';
import { makeBackupKey, readSecretKey } from '../../server/backup/backup-key.ts';
import { readyToRestore } from '../../server/backup/ready-to-restore.ts';
import { isSealed } from '../../server/backup/seal-file.ts';
import { isGood, verifyBackup } from '../../server/backup/verify-backup.ts';
import { openWorkFolder, sweepWorkFolders } from '../../server/backup/work-folder.ts';
import { verifyChain } from '../../server/audit/verify-chain.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { makeApp, type TestApp } from './make-app.ts';
import { makeTown } from './make-town.ts';
import { call, makeWalk } from './make-walk.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let server: TestApp;
let db: ChapterDb;
let admin: { headers: { cookie: string } };
let key: NewBackupKey;
beforeAll(async () => {
  server = await makeApp();
  db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  await makeWalk(server, db);
  admin = await server.staff(db, 'admin');
  key = await call<NewBackupKey>(server, admin, 'POST', '/v1/backups/key');
});
afterAll(() => server.close());

const page = () => call<BackupsPage>(server, admin, 'GET', '/v1/backups');
const folder = () => join(server.ports.config.dataDir, 'backups', 'oakdale');
const newest = async (): Promise<string> => join(folder(), (await page()).backups[0]?.file ?? '');
const makeKeeper = () => new BackupKeeper({ ...server.ports, warn: () => {} });
/** In this thread, which a hundred of them start sooner in. */
const makeSwiftKeeper = () =>
  new BackupKeeper({ ...server.ports, warn: () => {} }, { copy: makeCopy, verify: verifyBackup });
const unsealedFolders = () =>
  readdirSync(server.ports.config.dataDir).filter((name) => name.startsWith('unsealed-'));

/** Time passes; the admin signs in anew, as sessions end. */
async function pass(ms: number): Promise<void> {
  server.time.now += ms;
  admin = await server.staff(db, 'admin');
}

async function audited(kind: string): Promise<Record<string, unknown>[]> {
  const rows = await db.read
    .selectFrom('audit')
    .select('details')
    .where('kind', '=', kind as 'backed-up')
    .orderBy('seq')
    .execute();
  return rows.map(({ details }) => JSON.parse(details) as Record<string, unknown>);
}

test('without a key nothing is backed up, and the page says so', async () => {
  const refused = await server.app.inject({ method: 'POST', url: '/v1/backups', ...admin });
  expect(refused.statusCode).toBe(409);
  expect(refused.json()).toMatchObject({ problem: { code: 'backup-key-first' } });
  expect(await page()).toMatchObject({ recipient: null, every: null, backups: [], nextAt: null });
  expect(existsSync(folder())).toBe(false);
});

test('a key that is not one is refused, and the server keeps the public half alone', async () => {
  const wrong = `age1${'q'.repeat(58)}`;
  const refused = await server.app.inject({
    method: 'PUT',
    url: '/v1/backups/key',
    ...admin,
    payload: { recipient: wrong },
  });
  expect(refused.statusCode).toBe(400);
  const { recipient, secret } = key;
  expect(readSecretKey(` ${secret.toLowerCase().slice(0, 40)}\n${secret.slice(40)} `)).toBe(secret);
  await call(server, admin, 'PUT', '/v1/backups/key', { recipient });
  expect(await page()).toMatchObject({ recipient, every: 24 });
  const rows = await db.read.selectFrom('chapter').selectAll().execute();
  expect(JSON.stringify(rows)).not.toContain(secret.slice(20, 60));
  expect(JSON.stringify(await audited('rules-set'))).not.toContain(secret.slice(20, 60));
});

test('a backup is sealed, opens with its key alone, and leaves no plain copy behind', async () => {
  await call(server, admin, 'POST', '/v1/backups');
  const { backups } = await page();
  expect(backups).toMatchObject([{ state: 'good', kind: 'asked', fault: null }]);
  const file = await newest();
  expect(await isSealed(file)).toBe(true);
  expect(statSync(file).mode & 0o077).toBe(0);
  expect(readFileSync(file).includes('SQLite format 3')).toBe(false);
  expect(readFileSync(file).includes('Main St')).toBe(false);
  expect(readdirSync(folder())).toHaveLength(1);
  expect(unsealedFolders()).toEqual([]);
  expect(await audited('backed-up')).toMatchObject([{ sha256: backups[0]?.sha256, sealed: true }]);

  const work = openWorkFolder(server.ports.config.dataDir);
  const verified = await verifyBackup(file, key.secret, work.path);
  work.drop();
  if (!verified.ok) throw new Error(verified.problem.code);
  expect(isGood(verified.value)).toBe(true);
  expect(verified.value).toMatchObject({ sealed: true, counts: { voters: 30, doors: 20 } });
  const another = await makeBackupKey();
  for (const [secret, code] of [
    [another.secret, 'backup-key-wrong'],
    [null, 'backup-key-missing'],
  ] as const) {
    const other = openWorkFolder(server.ports.config.dataDir);
    expect(await verifyBackup(file, secret, other.path)).toMatchObject({ problem: { code } });
    expect(readdirSync(other.path).filter((name) => name.startsWith('opened'))).toEqual([]);
    other.drop();
  }
});

test('a single changed byte of a backup is found, at its head, in its middle and at its end', async () => {
  const file = await newest();
  const whole = readFileSync(file);
  const changed = join(server.ports.config.dataDir, 'changed.age');
  for (const at of [30, 150, Math.floor(whole.length / 2), whole.length - 1, -1]) {
    const bytes = at < 0 ? whole.subarray(0, whole.length - 70_000) : Buffer.from(whole);
    if (at >= 0) bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(changed, bytes);
    const work = openWorkFolder(server.ports.config.dataDir);
    const verified = await verifyBackup(changed, key.secret, work.path);
    expect(verified.ok, `byte ${at}`).toBe(false);
    work.drop();
  }
  rmSync(changed);
});

test('a drill without the secret says that nothing was opened; with it, everything is compared', async () => {
  const plain = await call<DrillEntry>(server, admin, 'POST', '/v1/backups/drill', { secret: '' });
  expect(plain).toMatchObject({ good: true, report: { depth: 'file', rows: null } });
  const { secret } = key;
  const whole = await call<DrillEntry>(server, admin, 'POST', '/v1/backups/drill', { secret });
  expect(whole).toMatchObject({ good: true, report: { depth: 'whole', faults: [] } });
  expect(whole.report.rows).toBeGreaterThan(100);
  const another = await makeBackupKey();
  const shut = await call<DrillEntry>(server, admin, 'POST', '/v1/backups/drill', {
    secret: another.secret,
  });
  expect(shut).toMatchObject({ good: false, report: { faults: ['other-key'] } });
  expect(await audited('drilled')).toMatchObject([
    { good: true, depth: 'file' },
    { good: true, depth: 'whole' },
    { good: false, faults: 'other-key' },
  ]);
  const kept = JSON.stringify([
    await db.read.selectFrom('backups').selectAll().execute(),
    await db.read.selectFrom('audit').select(['details', 'actor']).execute(),
  ]);
  for (const one of [secret, another.secret]) expect(kept).not.toContain(one.slice(20, 60));
  expect(unsealedFolders()).toEqual([]);
});

test('a file that was changed or taken away fails the drill', async () => {
  const file = await newest();
  const whole = readFileSync(file);
  writeFileSync(file, whole.subarray(0, whole.length - 1));
  const ask = () => call<DrillEntry>(server, admin, 'POST', '/v1/backups/drill', { secret: '' });
  expect(await ask()).toMatchObject({ good: false, report: { faults: ['other-hash'] } });
  rmSync(file);
  expect(await ask()).toMatchObject({ good: false, report: { faults: ['gone'] } });
  expect((await page()).backups[0]).toMatchObject({ state: 'bad', fault: 'gone' });
  writeFileSync(file, whole);
  expect(await ask()).toMatchObject({ good: true });
});

test('a download is in the ledger and the chain before it goes', async () => {
  const [{ key: number, sha256, file } = { key: 0, sha256: '', file: '' }] = (await page()).backups;
  const url = `/v1/backups/${number}/file`;
  const answer = await server.app.inject({ method: 'GET', url, ...admin });
  expect(answer.statusCode, answer.body.slice(0, 300)).toBe(200);
  expect(answer.headers['content-disposition']).toContain(file);
  expect(answer.rawPayload.equals(readFileSync(join(folder(), file)))).toBe(true);
  const ledger = await db.read
    .selectFrom('exports')
    .select(['kind', 'sha256'])
    .where('kind', '=', 'backup')
    .execute();
  expect(ledger).toEqual([{ kind: 'backup', sha256 }]);
  const unknown = await server.app.inject({ method: 'GET', url: '/v1/backups/999/file', ...admin });
  expect(unknown.statusCode).toBe(404);
});

test('the hand-over names members and what is open, and nobody of the roll', async () => {
  const over = await call<HandOver>(server, admin, 'GET', '/v1/backups/hand-over');
  expect(over).toMatchObject({
    chapter: { slug: 'oakdale' },
    address: 'http://localhost:8080',
    backups: { recipient: key.recipient, every: 24 },
    counts: { voters: 30, turfs: 1 },
    phones: [{ name: 'Cleo', turfs: ['Main St'] }],
    held: 0,
  });
  expect(over.members.map(({ role }) => role)).toContain('admin');
  expect(over.audit?.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.stringify(over)).not.toMatch(/First\d|Oak-QZX/);
});

test('the schedule makes what is due, once, however many servers look, and keeps what it should', async () => {
  await call(server, admin, 'PUT', '/v1/backups/schedule', { every: 24 });
  const [one, other] = [makeSwiftKeeper(), makeSwiftKeeper()];
  await Promise.all([one.tick(), other.tick()]);
  const before = (await page()).backups.length;
  await pass(DAY + HOUR);
  await Promise.all([one.tick(), other.tick()]);
  const after = await page();
  expect(after.backups.length).toBe(before + 1);
  expect(after.backups[0]).toMatchObject({ kind: 'scheduled', state: 'good' });
  expect(after.nextAt).toBe((after.backups[0]?.at ?? 0) + DAY);
  for (let day = 0; day < 12; day++) {
    await pass(DAY + HOUR);
    await one.tick();
  }
  const { backups } = await page();
  expect(readdirSync(folder()).sort()).toEqual(backups.map(({ file }) => file).sort());
  expect(backups.length).toBeLessThanOrEqual(12);
  expect(backups.length).toBeGreaterThanOrEqual(8);
  await Promise.all([one.close(), other.close()]);
});

test('a drill comes by itself once a month', async () => {
  const before = (await page()).drills.length;
  await pass(31 * DAY);
  const keeper = makeKeeper();
  await keeper.tick();
  const { drills, nextDrillAt } = await page();
  expect(drills.length).toBe(before + 1);
  expect(drills[0]).toMatchObject({ good: true, report: { depth: 'file' } });
  expect(nextDrillAt).toBe((drills[0]?.at ?? 0) + 30 * DAY);
  await pass(HOUR);
  await keeper.tick();
  expect((await page()).drills.length).toBe(before + 1);
  await keeper.close();
});

test('one that was interrupted is told of, and what it left unsealed goes with the next start', async () => {
  const { dataDir } = server.ports.config;
  const left = join(dataDir, 'unsealed-0190a0a0-0000-7000-8000-000000000001');
  mkdirSync(left, { recursive: true });
  writeFileSync(join(left, 'copy.db'), 'SQLite format 3');
  writeFileSync(join(left, 'lock'), '');
  writeFileSync(join(folder(), 'oakdale-2025.db.age.part'), 'half');
  const inUse = openWorkFolder(dataDir);
  await db.write((trx) =>
    trx
      .insertInto('backups')
      .values({
        at: server.time.now,
        kind: 'scheduled',
        file: 'x',
        bytes: null,
        sha256: null,
        state: 'running',
        report: null,
      })
      .execute(),
  );
  expect(sweepWorkFolders(dataDir)).toBe(1);
  expect(existsSync(left)).toBe(false);
  expect(existsSync(inUse.path)).toBe(true);
  inUse.drop();
  await pass(HOUR);
  await call(server, admin, 'POST', '/v1/backups');
  const { backups } = await page();
  expect(backups.slice(0, 2)).toMatchObject([
    { state: 'good' },
    { state: 'bad', fault: 'interrupted' },
  ]);
  expect(readdirSync(folder()).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('a server that ends in the middle writes the backup down as interrupted', async () => {
  const keeper = makeKeeper();
  await pass(HOUR);
  const running = keeper.backUp(db, 'asked', { kind: 'server' });
  const waiting = new Promise((resolve) => setTimeout(resolve, 50));
  await waiting;
  await keeper.close();
  const end = await running;
  const [last] = (await page()).backups;
  expect(last).toMatchObject(end.ok ? { state: 'good' } : { state: 'bad', fault: 'interrupted' });
  expect(unsealedFolders()).toEqual([]);
});

test('a sealed backup is opened for a restore in a folder that is gone afterwards', async () => {
  const good = (await page()).backups.find(({ state }) => state === 'good');
  const file = join(folder(), good?.file ?? '');
  const { dataDir } = server.ports.config;
  const ready = await readyToRestore(file, key.secret, dataDir);
  if (!ready.ok) throw new Error(ready.problem.code);
  expect(readFileSync(ready.value.path).subarray(0, 15).toString()).toBe('SQLite format 3');
  ready.value.drop();
  expect(unsealedFolders()).toEqual([]);
  expect((await readyToRestore(file, null, dataDir)).ok).toBe(false);
});

test('nobody but an admin comes near, and the chain is whole at the end', async () => {
  for (const role of ['coordinator', 'research-lead'] as const) {
    const who = await server.staff(db, role);
    for (const [method, url] of [
      ['GET', '/v1/backups'],
      ['POST', '/v1/backups'],
      ['POST', '/v1/backups/key'],
      ['GET', '/v1/backups/1/file'],
      ['GET', '/v1/backups/hand-over'],
    ] as const) {
      const answer = await server.app.inject({ method, url, ...who });
      expect(answer.statusCode, `${role} ${method} ${url}`).toBe(404);
    }
  }
  expect((await verifyChain(db.read, { heads: [] })).fault).toBe(null);
});

test('a backup by command is in the ledger and the chain, also while the server is at work', async () => {
  const { dataDir, databases } = server.ports.config;
  const outer = { DATA_DIR: process.env['DATA_DIR'], DATABASE_URL: process.env['DATABASE_URL'] };
  const url = databases.get('main');
  process.env['DATA_DIR'] = dataDir;
  if (url === undefined) delete process.env['DATABASE_URL'];
  else process.env['DATABASE_URL'] = url;
  try {
    const chain = (await audited('backed-up')).length;
    const files = ['sealed.age', 'plain.db'].map((name) => join(dataDir, name));
    const [sealed = '', plain = ''] = files;
    await Promise.all([
      chapterCommand(['backup', 'oakdale', '--to', sealed]),
      call(server, admin, 'PUT', '/v1/backups/schedule', { every: 6 }),
      call(server, admin, 'PUT', '/v1/backups/schedule', { every: 24 }),
    ]);
    await chapterCommand(['backup', 'oakdale', '--to', plain, '--plain']);
    await backupCommand(['now', '--chapter', 'oakdale']);
    const hashes = files.map((file) =>
      createHash('sha256').update(readFileSync(file)).digest('hex'),
    );
    const rows = await db.read
      .selectFrom('exports')
      .select('sha256')
      .where('kind', '=', 'backup')
      .execute();
    expect(rows.map(({ sha256 }) => sha256)).toEqual(expect.arrayContaining(hashes));
    expect((await audited('backed-up')).slice(chain)).toMatchObject([
      { file: 'sealed.age', sha256: hashes[0], sealed: true },
      { file: 'plain.db', sha256: hashes[1], sealed: false },
      { file: (await page()).backups[0]?.file, sealed: true },
    ]);
    expect((await verifyChain(db.read, { heads: [] })).fault).toBeNull();
  } finally {
    for (const [name, value] of Object.entries(outer)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
});
