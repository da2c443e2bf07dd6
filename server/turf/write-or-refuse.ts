import type { Kysely } from 'kysely';
import type { Problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Tables } from '../store/tables.ts';

/** A refusal that takes back what its transaction has written so far. */
export class Refused extends Error {
  readonly problem: Problem;
  constructor(found: Problem) {
    super(found.code);
    this.problem = found;
  }
}

/** One write transaction: all of it, or, when it throws `Refused`, nothing and the reason. */
export async function writeOrRefuse<T>(
  db: ChapterDb,
  work: (trx: Kysely<Tables>) => Promise<T>,
): Promise<Result<T>> {
  try {
    return ok(await db.write(work));
  } catch (error) {
    if (error instanceof Refused) return fail(error.problem);
    throw error;
  }
}
