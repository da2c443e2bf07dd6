import { sql } from 'kysely';
import type { ShareCount } from '#shared/model/share.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { ensureUniverseRows } from '../store/universe-rows.ts';
import { allows, asksNoContact, type ShareScope, selectScope } from './select-shared.ts';

/** How many people a share would hold now, and why others of its scope are not in it. */
export async function countShare(db: ChapterDb, scope: ShareScope): Promise<ShareCount> {
  await ensureUniverseRows(db);
  const allowed = scope.consent === null ? sql<boolean>`1 = 1` : allows(scope.consent);
  return selectScope(db.read, scope)
    .select([
      sql<number>`coalesce(sum(case when not ${asksNoContact} and ${allowed} then 1 else 0 end), 0)`.as(
        'people',
      ),
      sql<number>`coalesce(sum(case when ${asksNoContact} then 1 else 0 end), 0)`.as('optedOut'),
      sql<number>`coalesce(sum(case when not ${asksNoContact} and not ${allowed} then 1 else 0 end), 0)`.as(
        'withoutConsent',
      ),
    ])
    .executeTakeFirstOrThrow();
}
