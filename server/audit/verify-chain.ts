import { setImmediate } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import {
  belongsAt,
  ChainCheck,
  type ChainFault,
  type ChainHead,
} from '#shared/privacy/audit-chain.ts';
import { type AuditRow, sha256 } from '../store/audit-row.ts';
import type { Tables } from '../store/tables.ts';
import { ActorIds, readChain, toWritten } from './read-chain.ts';
import { isSigned, readHead } from './sign-head.ts';

export interface ChainWish {
  /** What was noted outside the database: each must be met. */
  readonly heads: readonly ChainHead[];
  readonly onProgress?: (done: number, entries: number) => void;
}

export interface ChainVerdict {
  /** Entries that were read and found to follow each other. */
  readonly entries: number;
  /** How far the chain is whole. */
  readonly head: ChainHead;
  readonly fault: ChainFault | null;
}

/** How far behind a broken place it is looked for the entry that belongs there. */
const SWAPPED_WITHIN = 20_000;

/** Whether an entry further on is the one that belongs where the chain breaks. */
async function isSwapped(
  db: Kysely<Tables>,
  fault: ChainFault,
  before: string,
  written: AuditRow,
): Promise<boolean> {
  const there = Buffer.from(written.hash).toString('hex');
  for await (const rows of readChain(db, fault.seq + SWAPPED_WITHIN)) {
    for (const row of rows) {
      if (row.seq <= fault.seq) continue;
      if (belongsAt(fault.seq, before, toWritten(row), there, sha256)) return true;
    }
  }
  return false;
}

/** The heads that the chapter itself has signed, and the first one that it has not. */
async function readOwnHeads(
  db: Kysely<Tables>,
): Promise<{ heads: ChainHead[]; forged: ChainFault | null }> {
  const chapter = await db
    .selectFrom('chapter')
    .select(['id', 'audit_public'])
    .executeTakeFirstOrThrow();
  const rows = await db.selectFrom('audit_heads').selectAll().orderBy('seq').execute();
  const heads: ChainHead[] = [];
  for (const { seq, at, hash: bytes, signature } of rows) {
    const hash = Buffer.from(bytes).toString('hex');
    const signed = isSigned(chapter.id, chapter.audit_public ?? new Uint8Array(), {
      seq,
      at,
      hash,
      signature,
    });
    if (!signed) return { heads, forged: { seq, fault: 'head-not-signed' } };
    heads.push({ seq, hash });
  }
  return { heads, forged: null };
}

/**
 * Follows the whole chain from its first entry and says the first place where it is not as it was:
 * changed, missing, swapped, cut off, or another than the one that was signed or noted elsewhere.
 * Memory does not grow with the chain. Entries that are added meanwhile are not looked at.
 */
export async function verifyChain(db: Kysely<Tables>, wish: ChainWish): Promise<ChainVerdict> {
  const own = await readOwnHeads(db);
  const newest = (await readHead(db))?.seq ?? 0;
  const check = new ChainCheck(sha256, [...own.heads, ...wish.heads]);
  const verdict = (fault: ChainFault | null): ChainVerdict => ({
    entries: check.head.seq,
    head: check.head,
    fault,
  });
  const actors = new ActorIds();
  for await (const rows of readChain(db, newest)) {
    for (const row of rows) {
      const { hash } = check.head;
      const fault =
        check.takeWritten(toWritten(row)) ??
        (actors.isRight(row) ? null : { seq: row.seq, fault: 'changed' as const });
      if (fault === null) continue;
      const swapped = fault.fault === 'changed' && (await isSwapped(db, fault, hash, row));
      return verdict(swapped ? { ...fault, fault: 'swapped' } : fault);
    }
    wish.onProgress?.(check.head.seq, newest);
    await setImmediate();
  }
  return verdict(check.end() ?? own.forged);
}
