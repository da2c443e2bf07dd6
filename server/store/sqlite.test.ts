import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { eachRow } from './each-row.ts';
import { inTransaction } from './in-transaction.ts';
import { openSqlite } from './sqlite.ts';
import { SqliteRegistry } from './sqlite-registry.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

test('a long read outlives the garbage collector', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'homeground-sqlite-'));
  const sqlite = openSqlite(join(dir, 'long.db'));
  try {
    sqlite.exec('create table many (n integer primary key)');
    sqlite.exec(`insert into many with recursive up (n) as
      (select 1 union all select n + 1 from up where n < 2000) select n from up`);
    // Nobody but the loop knows the statement: some drivers free it under the reader's feet.
    const rows = () => eachRow<{ n: number }>(sqlite.prepare('select n from many where n > ?'), 10);
    let sum = 0;
    for (const { n } of rows()) {
      sum += n;
      if (n % 100 !== 0) continue;
      collectGarbage();
      await setImmediate();
    }
    expect(sum).toBe(2_001_000 - 55);
  } finally {
    sqlite.close();
    rmSync(dir, { recursive: true, force: true });
  }
});

test('a transaction that the database has ended itself tells the first error, not the second', () => {
  const dir = mkdtempSync(join(tmpdir(), 'homeground-sqlite-'));
  const sqlite = openSqlite(join(dir, 'full.db'));
  try {
    const fail = (): never => {
      sqlite.exec('rollback');
      throw new Error('database or disk is full');
    };
    expect(() => inTransaction(sqlite, fail)).toThrow('disk is full');
  } finally {
    sqlite.close();
    rmSync(dir, { recursive: true, force: true });
  }
});

test('nobody else on the machine may read a database, its log or its folder, nor one of before', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'homeground-sqlite-'));
  const rights = (path: string): number => statSync(path).mode & 0o777;
  try {
    mkdirSync(join(dir, 'chapters'));
    const old = join(dir, 'chapters', 'old.db');
    for (let turn = 0; turn < 2; turn++) {
      const [registry, sqlite] = [SqliteRegistry.open(dir), openSqlite(old)];
      sqlite.exec('create table if not exists one (n)');
      expect(rights(join(dir, 'chapters'))).toBe(0o700);
      const files = [...readdirSync(dir), 'chapters/old.db', 'chapters/old.db-wal'];
      for (const file of files.filter((name) => name !== 'chapters')) {
        expect([file, rights(join(dir, file))]).toEqual([file, 0o600]);
      }
      sqlite.close();
      await registry.close();
      chmodSync(join(dir, 'chapters'), 0o755);
      chmodSync(old, 0o644);
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
