import { join } from 'node:path';
import { Kysely } from 'kysely';
import { problem, type Problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { ChainFault } from '#shared/privacy/audit-chain.ts';
import { verifyChain } from '../audit/verify-chain.ts';
import {
  type BackupFacts,
  findDamage,
  inFile,
  looksLikeSqlite,
  readFacts,
} from '../store/backup-file.ts';
import { type FactDamage, findFactDamage } from '../store/damaged-facts.ts';
import { sqliteDialect } from '../store/kysely-sqlite.ts';
import { openSqlite } from '../store/sqlite.ts';
import type { Tables } from '../store/tables.ts';
import { countRows, type RowCounts } from './count-rows.ts';
import { type FileMark, markFile } from './seal-file.ts';
import { unseal } from './unseal.ts';

/** What was found in a backup that could be opened and read. */
export interface VerifiedBackup extends FileMark {
  readonly sealed: boolean;
  readonly facts: BackupFacts;
  readonly counts: RowCounts;
  /** Facts that are not the bytes of their hash; null: all are whole. */
  readonly damage: FactDamage | null;
  /** The audit chain inside; null: the backup is older than it. */
  readonly chain: { readonly entries: number; readonly fault: ChainFault | null } | null;
}

const refuse = (reason: string): { readonly ok: false; readonly problem: Problem } =>
  fail(problem('backup-refused', { reason }));

interface Inside {
  readonly facts: BackupFacts;
  readonly counts: RowCounts;
  readonly damage: FactDamage | null;
}

function readInside(path: string): Result<Inside> {
  try {
    return inFile(path, (sqlite) => {
      const damage = findDamage(sqlite);
      if (damage !== null) return refuse(`it is damaged (${damage})`);
      const facts = readFacts(sqlite);
      if (facts === null) return refuse('it is no chapter of Homeground');
      return ok({ facts, counts: countRows(sqlite), damage: findFactDamage(sqlite) });
    });
  } catch (error) {
    return refuse(`it is damaged (${error instanceof Error ? error.message : String(error)})`);
  }
}

async function readChain(path: string): Promise<VerifiedBackup['chain']> {
  const sqlite = openSqlite(path);
  const db = new Kysely<Tables>({ dialect: sqliteDialect(sqlite, false) });
  try {
    const { n } = sqlite
      .prepare(`select count(*) as n from sqlite_schema where name = 'audit_heads'`)
      .get() as { n: number };
    if (n === 0) return null;
    const { entries, fault } = await verifyChain(db, { heads: [] });
    return { entries, fault };
  } finally {
    await db.destroy();
  }
}

/**
 * Opens a backup in a folder for unsealed copies and reads all of it: SQLite's own check, every fact
 * against its hash, the audit chain from its first entry. The file stays untouched. Problems:
 * backup-refused, backup-key-missing, backup-key-wrong.
 */
export async function verifyBackup(
  file: string,
  secret: string | null,
  folder: string,
): Promise<Result<VerifiedBackup>> {
  const mark = await markFile(file);
  const opened = await unseal(file, secret, join(folder, 'opened.db'));
  if (!opened.ok) return opened;
  const { path, sealed } = opened.value;
  if (!looksLikeSqlite(path)) return refuse('it is no SQLite database');
  const inside = readInside(path);
  if (!inside.ok) return inside;
  return ok({ ...mark, sealed, ...inside.value, chain: await readChain(path) });
}

/** True when nothing in it has changed since it was written. */
export function isGood({ damage, chain }: VerifiedBackup): boolean {
  return damage === null && (chain?.fault ?? null) === null;
}
