import type { PersonId } from '#shared/kernel/ids.ts';
import type { AskSql } from './ask-sql.ts';
import { readSuppressKey } from './mark-opt-outs.ts';
import { suppressionMark } from './suppression-mark.ts';

/** Which of these people were erased: what comes about them later is kept empty. */
export async function findErased(
  ask: AskSql,
  personIds: readonly PersonId[],
): Promise<ReadonlySet<PersonId>> {
  const erased = new Set<PersonId>();
  if (personIds.length === 0) return erased;
  const [any] = await ask('select 1 as one from erasures limit 1');
  if (any === undefined) return erased;
  const key = await readSuppressKey(ask);
  for (const personId of personIds) {
    const mark = suppressionMark(key, { personId });
    if (mark === null) continue;
    const [row] = await ask('select 1 as one from erasures where mark = $1', [mark]);
    if (row !== undefined) erased.add(personId);
  }
  return erased;
}
