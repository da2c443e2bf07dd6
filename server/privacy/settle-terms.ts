import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { ColumnUse } from '#shared/model/roll.ts';
import { DEMO_TERMS, type Terms } from '#shared/model/rules.ts';
import { allowedColumns, checkTerms, lawOf } from '#shared/privacy/rules/check-terms.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { readRules } from './read-rules.ts';

/** Under which terms a file comes in, and what may be read of it. */
export interface SettledTerms {
  readonly terms: Terms;
  readonly columns: readonly ColumnUse[];
}

/**
 * Settles under which terms a voter file comes in. They have to be said, be it that somebody does not
 * know; only the demo chapter, whose people are made up, has terms of its own. Problems:
 * roll-terms-missing, those of checkTerms.
 */
export async function settleTerms(
  db: Pick<ChapterDb, 'read'>,
  said: Terms | null,
  columns: readonly ColumnUse[],
): Promise<Result<SettledTerms>> {
  const { demo } = await db.read.selectFrom('chapter').select('demo').executeTakeFirstOrThrow();
  const terms = said ?? (demo === 1 ? DEMO_TERMS : null);
  if (terms === null) return fail(problem('roll-terms-missing'));
  const { region } = await readRules(db.read);
  const hindrance = checkTerms(terms, region);
  if (hindrance !== null) return fail(hindrance);
  return ok({ terms, columns: allowedColumns(columns, lawOf(terms, region)) });
}
