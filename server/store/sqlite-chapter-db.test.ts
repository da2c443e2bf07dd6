import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { makeId, type ChapterId } from '#shared/kernel/ids.ts';
import { seededBytes, seededDice } from '#shared/kernel/random.ts';
import { IdleSqlite } from './idle-sqlite.ts';
import { SqliteChapterDb } from './sqlite-chapter-db.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** How many files of a folder this process has open. */
function openFiles(dir: string): number {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(dir);
    } catch {
      return false;
    }
  }).length;
}

test('a chapter that nobody asks for closes its files, and opens them again by itself', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'homeground-idle-'));
  const id = makeId<ChapterId>(1, seededBytes(seededDice(1)));
  const db = await SqliteChapterDb.open(id, join(dir, 'chapter.db'), 30);
  const names = () => db.read.selectFrom('elections').select('name').execute();
  try {
    expect(await names()).toEqual([]);
    expect(openFiles(dir)).toBeGreaterThan(0);
    for (let i = 0; i < 200 && openFiles(dir) > 0; i++) {
      await sleep(20);
      collectGarbage();
    }
    expect(openFiles(dir)).toBe(0);
    await db.write(async (trx) => {
      await sleep(100);
      const values = { name: 'x', label: 'X', sort_key: 'x' };
      await trx.insertInto('elections').values(values).execute();
    });
    await db.exclusive(async (sqlite) => {
      await sleep(100);
      sqlite.exec(`update elections set name = 'y'`);
    });
    expect(await names()).toEqual([{ name: 'y' }]);
  } finally {
    await db.close();
    rmSync(dir, { recursive: true, force: true });
  }
});

test('who looks through a hundred chapters leaves few files open', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'homeground-idle-'));
  const all = Array.from(
    { length: 100 },
    (_, i) => new IdleSqlite(join(dir, `${i}.db`), { readOnly: false, idleMs: 300_000 }),
  );
  try {
    for (const one of all) {
      const sqlite = one.take();
      sqlite.exec('create table many (n integer)');
      expect(sqlite.prepare('select n from many').all()).toEqual([]);
      one.rest();
      await setImmediate();
    }
    collectGarbage();
    await sleep(20);
    // Of each a database, its log and its index.
    expect(openFiles(dir)).toBeLessThanOrEqual(3 * 16);
  } finally {
    for (const one of all) one.close();
    rmSync(dir, { recursive: true, force: true });
  }
});
