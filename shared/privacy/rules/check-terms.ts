import { problem, type Problem } from '../../kernel/problem.ts';
import type { ColumnUse } from '../../model/roll.ts';
import type { Terms } from '../../model/rules.ts';
import { rulesOf } from './rule-packs.ts';

/**
 * Why a file may not come in under these terms, or null. Problems: purpose-refused,
 * roll-kept-elsewhere.
 */
export function checkTerms({ state, purpose, serverIn }: Terms): Problem | null {
  const rules = rulesOf(state);
  if (rules.keptIn !== null && serverIn !== rules.keptIn) {
    return problem('roll-kept-elsewhere', { state });
  }
  return rules.purposes.includes(purpose) ? null : problem('purpose-refused', { state });
}

/** The columns that may be read of a file of this state; nobody has said which: all of them. */
export function allowedColumns(
  columns: readonly ColumnUse[],
  terms: Pick<Terms, 'state'> | null,
): readonly ColumnUse[] {
  if (terms === null) return columns;
  const { refuses } = rulesOf(terms.state);
  return columns.filter(({ field }) => !refuses.includes(field));
}
