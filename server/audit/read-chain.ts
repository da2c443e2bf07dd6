import type { Kysely } from 'kysely';
import type { AuditActor, AuditEntry } from '#shared/model/audit.ts';
import { actorIdOf, type AuditRow } from '../store/audit-row.ts';
import type { Tables } from '../store/tables.ts';

/** Entries that are in memory at a time. */
const PAGE = 2000;

/** An entry out of its row; null when the row says what no version of us has written. */
export function toEntry(row: AuditRow): AuditEntry | null {
  const { seq, at, kind, subject } = row;
  try {
    const actor = JSON.parse(row.actor) as AuditActor;
    const details = JSON.parse(row.details) as AuditEntry['details'];
    if (actorIdOf(actor) !== row.actor_id) return null;
    const hash = Buffer.from(row.hash).toString('hex');
    return { seq, at, kind, actor, subject, details, hash };
  } catch {
    return null;
  }
}

/**
 * The rows of the chain in the order of their numbers, page after page: the same memory however
 * long the chain is, and nobody waits for the reader between two pages.
 */
export async function* readChain(
  db: Kysely<Tables>,
  upTo = Number.MAX_SAFE_INTEGER,
): AsyncGenerator<readonly AuditRow[]> {
  let after = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const rows = await db
      .selectFrom('audit')
      .selectAll()
      .where('seq', '>', after)
      .where('seq', '<=', upTo)
      .orderBy('seq')
      .limit(PAGE)
      .execute();
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.seq ?? after;
  }
}
