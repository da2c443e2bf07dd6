import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ArchiveState } from '#shared/model/archive.ts';
import { ArchiveKeeper } from '../../server/archive/keep-archives.ts';
import { checkSums } from '../../server/archive/check-sums.ts';
import { listed, localHeader, zipEnd } from '../../server/archive/zip-entry.ts';
import { readyToRestore } from '../../server/backup/ready-to-restore.ts';
import { looksLikeSqlite } from '../../server/store/backup-file.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { onPostgres } from '../postgres/test-server.ts';
import { makeApp, type TestApp } from './make-app.ts';
import { makeTown } from './make-town.ts';
import { call } from './make-walk.ts';
import { unzip } from './read-zip.ts';

let server: TestApp;
let db: ChapterDb;
let admin: { headers: { cookie: string } };
beforeAll(async () => {
  server = await makeApp();
  db = await server.makeChapter('oakdale');
  await makeTown(db, 'Oak');
  admin = await server.staff(db, 'admin');
});
afterAll(() => server.close());

const state = () => call<ArchiveState>(server, admin, 'GET', '/v1/archive');
const take = () => server.app.inject({ url: '/v1/archive/file.zip', ...admin });
const left = () =>
  readdirSync(server.ports.config.dataDir).filter((name) => name.startsWith('unsealed-'));
const kept = () => readdirSync(join(server.ports.config.dataDir, 'archives'));

async function made(): Promise<ArchiveState> {
  let at = await state();
  while (at.making !== null) {
    await sleep(20);
    at = await state();
  }
  return at;
}

async function audited() {
  const rows = await db.read.selectFrom('audit').select(['kind', 'details']).execute();
  return rows.filter(({ kind }) => kind === 'archived').map(({ details }) => JSON.parse(details));
}

test('an archive that is asked for at the desk is one file, whole, in the ledger and the chain', async () => {
  expect(await state()).toEqual({ making: null, ready: null, fault: null });
  const begun = await call<ArchiveState>(server, admin, 'POST', '/v1/archive');
  expect(begun.making).toMatchObject({ startedAt: server.time.now });
  // Whoever asks as well meanwhile gets the same one.
  await call(server, admin, 'POST', '/v1/archive');
  const { ready } = await made();
  if (ready === null) throw new Error('It was not made.');
  expect(ready.file).toBe('oakdale-archive-2025-10-04.zip');
  const file = await take();
  expect(file.headers['content-disposition']).toContain(ready.file);
  const sha256 = createHash('sha256').update(file.rawPayload).digest('hex');
  expect(ready).toMatchObject({ sha256, bytes: file.rawPayload.length });
  const ledger = db.read.selectFrom('exports').selectAll().where('kind', '=', 'archive');
  expect(await ledger.execute()).toMatchObject([{ sha256, rows: ready.rows, broken: 0 }]);
  const dir = mkdtempSync(join(tmpdir(), 'homeground-unzip-'));
  try {
    const names = unzip(file.rawPayload, dir);
    expect(names).toContain('oakdale-archive/handover.txt');
    const sums = await checkSums(join(dir, 'oakdale-archive'));
    expect(sums).toMatchObject({ ok: true });
    expect(await audited()).toMatchObject([{ files: names.length, bytes: ready.bytes }]);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
  // It goes back as it is, without being unpacked by hand.
  const zip = join(dir, 'taken.zip');
  mkdirSync(dir);
  writeFileSync(zip, file.rawPayload);
  const { dataDir } = server.ports.config;
  const opened = await readyToRestore(zip, null, dataDir);
  if (!opened.ok) throw new Error(opened.problem.code);
  expect(looksLikeSqlite(opened.value.path)).toBe(true);
  opened.value.drop();
  for (const broken of [
    file.rawPayload.subarray(0, -30),
    Buffer.from(
      file.rawPayload.toString('latin1').replaceAll('chapter.db', 'chapter.xy'),
      'latin1',
    ),
    Buffer.from(
      file.rawPayload.toString('latin1').replaceAll('SHA256SUMS', 'SHA256SUMZ'),
      'latin1',
    ),
    Buffer.from(file.rawPayload).fill(7, 2000, 2040),
  ]) {
    writeFileSync(zip, broken);
    const refused = await readyToRestore(zip, null, dataDir);
    expect(refused).toMatchObject({ ok: false, problem: { code: 'backup-refused' } });
  }
  rmSync(dir, { recursive: true, force: true });
  // It lies there for an hour and no longer, or until somebody deletes it.
  expect([left().length, kept().length]).toEqual([0, 1]);
  await call(server, admin, 'DELETE', '/v1/archive');
  expect([left(), kept()]).toEqual([[], []]);
  expect((await take()).statusCode).toBe(204);
});

test('one that is cancelled leaves nothing, on the disk or in the books', async () => {
  const before = await audited();
  await call(server, admin, 'POST', '/v1/archive');
  expect(left()).toHaveLength(1);
  await call(server, admin, 'DELETE', '/v1/archive');
  expect(await state()).toEqual({ making: null, ready: null, fault: null });
  expect(left()).toEqual([]);
  expect(await audited()).toEqual(before);
});

test('one that is ready is there after a restart and for its hour; one that was being made is told of', async () => {
  await call(server, admin, 'POST', '/v1/archive');
  const { ready } = await made();
  const later = new ArchiveKeeper({ ...server.ports, warn: () => {} });
  expect(await later.state(db)).toEqual({ making: null, ready, fault: null });
  expect(ready?.here).toBe(true);
  // Another process with a folder of its own knows of it and cannot send it.
  const elsewhere = mkdtempSync(join(tmpdir(), 'homeground-elsewhere-'));
  const config = { ...server.ports.config, dataDir: elsewhere };
  const far = new ArchiveKeeper({ ...server.ports, config, warn: () => {} });
  expect(await far.readyFile(db)).toBeNull();
  expect((await far.state(db)).ready?.here).toBe(onPostgres ? false : undefined);
  // Given up there, it goes here at the next look.
  await far.cancel(db);
  await later.dropOld();
  expect(kept()).toEqual([]);

  await call(server, admin, 'POST', '/v1/archive');
  expect((await far.state(db)).making).not.toBeNull();
  await made();
  server.time.now += 3_600_000;
  expect(await state()).toEqual({ making: null, ready: null, fault: null });
  await later.dropOld();
  expect(kept()).toEqual([]);

  const note = { id: 'x', kind: 'making', now: { byName: 'A' }, beat: server.time.now - 60_000 };
  await server.ports.registry.noteArchive(db.id, JSON.stringify(note));
  expect(await state()).toEqual({ making: null, ready: null, fault: 'interrupted' });
  await later.close();
  await far.close();
  rmSync(elsewhere, { recursive: true, force: true });
});

test('the passkey is asked for before it is made and before it leaves; nobody but an admin may', async () => {
  const coordinator = await server.staff(db, 'coordinator');
  for (const method of ['GET', 'POST', 'DELETE'] as const) {
    const answer = await server.app.inject({ method, url: '/v1/archive', ...coordinator });
    expect(answer.statusCode).toBe(404);
  }
  const asked_at = server.time.now - 300_000;
  await db.write((trx) => trx.updateTable('sessions').set({ asked_at }).execute());
  const asked = await server.app.inject({ method: 'POST', url: '/v1/archive', ...admin });
  expect([asked, await take()].map((one) => one.statusCode)).toEqual([403, 403]);
  expect((await state()).making).toBeNull();
});

test('sizes and places beyond 4 GB are written in 64 bits', () => {
  const entry = { name: 'a', crc: 1, size: 6e9, packed: 5e9, offset: 7e9 };
  const at = server.time.now;
  const local = localHeader(entry, at);
  expect(local.readUInt32LE(22)).toBe(0xffff_ffff);
  expect(local.readBigUInt64LE(31 + 4)).toBe(6_000_000_000n);
  expect(local.readBigUInt64LE(31 + 12)).toBe(5_000_000_000n);
  const line = listed(entry, at);
  expect(line.length).toBe(46 + 1 + 28);
  expect(line.readBigUInt64LE(47 + 20)).toBe(7_000_000_000n);
  const end = zipEnd(3, 9e9, line.length);
  expect(end.readBigUInt64LE(48)).toBe(9_000_000_000n);
  expect(end.readUInt32LE(end.length - 6)).toBe(0xffff_ffff);
});
