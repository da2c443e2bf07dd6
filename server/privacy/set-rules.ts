import type { ImportId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { AuditActor } from '#shared/model/audit.ts';
import type { SetRules } from '#shared/model/privacy.ts';
import type { Terms } from '#shared/model/rules.ts';
import { checkTerms } from '#shared/privacy/rules/check-terms.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { readRules } from './read-rules.ts';

interface By {
  readonly actor: AuditActor;
  readonly now: number;
}

/** Sets whose law holds and how long what was learnt is kept. */
export async function setRules(db: ChapterDb, wish: SetRules, { actor, now }: By): Promise<void> {
  const { region, ...rules } = wish;
  await db.write(async (trx) => {
    await trx
      .updateTable('chapter')
      .set({ region, rules: JSON.stringify(rules) })
      .execute();
    const details = { region, ...rules };
    await appendAudit(trx, { at: now, kind: 'rules-set', actor, details });
  });
}

/** Says under which terms a file came that is here already. Problems: not-found, those of checkTerms. */
export async function setTerms(
  db: ChapterDb,
  id: ImportId,
  terms: Terms,
  { actor, now }: By,
): Promise<Result<Terms>> {
  const { region } = await readRules(db.read);
  const hindrance = checkTerms(terms, region);
  if (hindrance !== null) return fail(hindrance);
  return db.write(async (trx): Promise<Result<Terms>> => {
    const { numUpdatedRows } = await trx
      .updateTable('imports')
      .set({ terms: JSON.stringify(terms) })
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    if (Number(numUpdatedRows) === 0) return fail(problem('not-found'));
    const { state, purpose, serverIn } = terms;
    const details = { state, purpose, serverIn };
    await appendAudit(trx, { at: now, kind: 'terms-set', actor, subject: id, details });
    return ok(terms);
  });
}
