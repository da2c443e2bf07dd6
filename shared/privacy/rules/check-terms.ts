import { problem, type Problem } from '../../kernel/problem.ts';
import type { ColumnUse } from '../../model/roll.ts';
import { NOT_KNOWN, type Region, type TermName, type Terms, TERMS } from '../../model/rules.ts';
import { rulesOf } from './rule-packs.ts';

/** Whose law holds for a file: its own state's; where nobody knows that, the chapter's. */
export function lawOf(terms: Pick<Terms, 'state'>, region: Region | null): Region | null {
  return terms.state === NOT_KNOWN ? region : terms.state;
}

/**
 * Why a file may not come in under these terms, or null. A purpose that nobody knows is let in and
 * stays marked; a place that nobody knows is none. Problems: purpose-refused, roll-kept-elsewhere.
 */
export function checkTerms(terms: Terms, region: Region | null): Problem | null {
  const law = lawOf(terms, region);
  const rules = rulesOf(law);
  const { purpose, serverIn } = terms;
  const state = law ?? 'other';
  if (rules.keptIn !== null && serverIn !== rules.keptIn) {
    return problem('roll-kept-elsewhere', { state });
  }
  if (purpose === NOT_KNOWN || rules.purposes.includes(purpose)) return null;
  return problem('purpose-refused', { state });
}

/** The columns that may be read of a file under this law; null: whatever any state refuses goes. */
export function allowedColumns(
  columns: readonly ColumnUse[],
  law: Region | null,
): readonly ColumnUse[] {
  const { refuses } = rulesOf(law);
  return columns.filter(({ field }) => !refuses.includes(field));
}

/** What nobody knows of the terms of a file; all of it where nobody was ever asked. */
export function unknownTerms(terms: Terms | null): readonly TermName[] {
  if (terms === null) return TERMS;
  return TERMS.filter((name) => [NOT_KNOWN, null, ''].includes(terms[name]));
}
