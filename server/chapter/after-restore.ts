import type { ChapterId } from '#shared/kernel/ids.ts';
import { appendAudit, BY_OPERATOR } from '../audit/append-audit.ts';
import { askKysely } from '../store/ask-sql.ts';
import { markOptOuts } from '../store/mark-opt-outs.ts';
import { applyMarks } from '../privacy/apply-marks.ts';
import { takeOver } from '../privacy/replay-erasures.ts';
import type { NotedErasure, NotedHead } from '../store/registry.ts';
import type { SqliteChapterDb } from '../store/sqlite-chapter-db.ts';

/** What a step after a restore is told. */
export interface AfterRestore {
  readonly chapterId: ChapterId;
  readonly now: number;
  /** How many facts the backup had. */
  readonly facts: number;
  /** There was a database that the backup takes the place of, and it could be read. */
  readonly hadPresent: boolean;
  /** How far the audit chain had come, as it is noted outside the database; null: nothing is. */
  readonly headBefore: NotedHead | null;
  /** Who was erased, as it is noted outside the database. */
  readonly erasures: readonly NotedErasure[];
}

type Step = (db: SqliteChapterDb, restored: AfterRestore) => Promise<void>;

/**
 * Enters the restore in the audit chain that goes on from here, with the head that was noted before:
 * whoever kept that one elsewhere finds why the chain no longer holds it.
 */
async function enterRestore(db: SqliteChapterDb, restored: AfterRestore): Promise<void> {
  const { now: at, facts, hadPresent, headBefore } = restored;
  await db.write((trx) =>
    appendAudit(trx, {
      at,
      kind: 'restored',
      actor: BY_OPERATOR,
      details: {
        facts,
        present: hadPresent,
        headBefore: headBefore?.seq ?? null,
        headBeforeHash: headBefore?.hash ?? null,
      },
    }),
  );
}

/** Nobody who was erased, or asked to be left alone, comes back by an older copy (S-17). */
async function keepWishes(db: SqliteChapterDb, { now, erasures }: AfterRestore): Promise<void> {
  await db.write((trx) => markOptOuts(askKysely(trx), now));
  await applyMarks(db, erasures, now);
  await takeOver(db, erasures);
}

/**
 * What is done to a restored chapter before anybody can see it, in this order: it still is a file of
 * its own that takes its place afterwards, on whichever engine. When a step throws, nothing is put in
 * place. What must not come back by a restore is taken out again by a step of this list.
 */
const STEPS: readonly Step[] = [keepWishes, enterRestore];

/** Runs every step. */
export async function afterRestore(db: SqliteChapterDb, restored: AfterRestore): Promise<void> {
  for (const step of STEPS) await step(db, restored);
}
