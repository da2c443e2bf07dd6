import type { PersonId } from '#shared/kernel/ids.ts';
import type { AskSql } from './ask-sql.ts';
import { readSuppressKey } from './mark-opt-outs.ts';
import { markName, suppressionMark } from './suppression-mark.ts';

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
  const byMark = new Map<string, PersonId>();
  const marks = personIds.flatMap((personId) => {
    const mark = suppressionMark(key, { personId });
    if (mark === null) return [];
    byMark.set(markName(mark), personId);
    return [mark];
  });
  const places = marks.map((_, i) => `$${i + 1}`).join(', ');
  if (marks.length === 0) return erased;
  const text = `select mark from erasures where mark in (${places})`;
  for (const { mark } of await ask<{ mark: Uint8Array }>(text, marks)) {
    const personId = byMark.get(markName(mark));
    if (personId !== undefined) erased.add(personId);
  }
  return erased;
}
