import { problem, type Problem } from '#shared/kernel/problem.ts';
import type { Terms } from '#shared/model/rules.ts';
import { checkTerms } from '#shared/privacy/rules/check-terms.ts';
import { rulesOf } from '#shared/privacy/rules/rule-packs.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { readRules } from './read-rules.ts';

/**
 * Why a voter file may not come in, or null: under the terms that were said, or, where nobody has
 * said any, under the law of the chapter's own state. Problems: those of checkTerms.
 */
export async function findHindrance(
  db: Pick<ChapterDb, 'read'>,
  terms: Terms | null,
): Promise<Problem | null> {
  if (terms !== null) return checkTerms(terms);
  const { region, rules } = await readRules(db.read);
  const { keptIn } = rulesOf(region);
  if (keptIn === null || rules.serverIn === keptIn) return null;
  return problem('roll-kept-elsewhere', { state: region ?? '' });
}
