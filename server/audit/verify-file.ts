import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import { problem, type Problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { copyDatabase } from '../chapter/stage-backup.ts';
import { looksLikeSqlite, readFacts } from '../store/backup-file.ts';
import { sqliteDialect } from '../store/kysely-sqlite.ts';
import { openSqlite } from '../store/sqlite.ts';
import type { Tables } from '../store/tables.ts';
import { type ChainVerdict, type ChainWish, verifyChain } from './verify-chain.ts';

const refuse = (reason: string): { readonly ok: false; readonly problem: Problem } =>
  fail(problem('not-valid', { reason }));

/**
 * Checks the chain inside a backup. The file stays untouched: a copy is read, in a folder that is
 * gone afterwards. Problems: not-valid, with what the file is instead.
 */
export async function verifyFile(file: string, wish: ChainWish): Promise<Result<ChainVerdict>> {
  if (!looksLikeSqlite(file)) return refuse('the file is no SQLite database');
  const folder = mkdtempSync(join(tmpdir(), 'homeground-audit-'));
  try {
    const path = join(folder, 'backup.db');
    copyDatabase(file, path);
    const sqlite = openSqlite(path);
    const db = new Kysely<Tables>({ dialect: sqliteDialect(sqlite, false) });
    try {
      if (readFacts(sqlite) === null) return refuse('the file is no chapter of Homeground');
      const known = sqlite
        .prepare(`select count(*) as n from sqlite_schema where name = 'audit_heads'`)
        .get() as { n: number };
      if (known.n === 0) return refuse('the file is older than the audit chain');
      return ok(await verifyChain(db, wish));
    } finally {
      await db.destroy();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
