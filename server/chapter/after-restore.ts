import type { ChapterId } from '#shared/kernel/ids.ts';
import { appendAudit, BY_OPERATOR } from '../audit/append-audit.ts';
import type { SqliteChapterDb } from '../store/sqlite-chapter-db.ts';

/** What a step after a restore is told. */
export interface AfterRestore {
  readonly chapterId: ChapterId;
  readonly now: number;
  /** How many facts the backup had. */
  readonly facts: number;
  /** There was a database that the backup takes the place of, and it could be read. */
  readonly hadPresent: boolean;
}

type Step = (db: SqliteChapterDb, restored: AfterRestore) => Promise<void>;

/** Enters the restore in the audit chain that goes on from here. */
async function enterRestore(db: SqliteChapterDb, restored: AfterRestore): Promise<void> {
  const { now: at, facts, hadPresent } = restored;
  await db.write((trx) =>
    appendAudit(trx, {
      at,
      kind: 'restored',
      actor: BY_OPERATOR,
      details: { facts, present: hadPresent },
    }),
  );
}

/**
 * What is done to a restored chapter before anybody can see it, in this order: it still is a file of
 * its own that takes its place afterwards, on whichever engine. When a step throws, nothing is put in
 * place. What must not come back by a restore is taken out again by a step of this list.
 */
const STEPS: readonly Step[] = [enterRestore];

/** Runs every step. */
export async function afterRestore(db: SqliteChapterDb, restored: AfterRestore): Promise<void> {
  for (const step of STEPS) await step(db, restored);
}
