import { problem, type Problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { appendAudit, byMember } from '../audit/append-audit.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { readCredential } from './credential.ts';
import { openSession, type Session } from './sessions.ts';

export interface Entered {
  readonly session: Session;
  readonly db: ChapterDb;
}

/** A refusal, and the chapter that it was tried at, where one is known. */
export interface Refusal {
  readonly db: ChapterDb | null;
  readonly problem: Problem;
}

/**
 * Turns the token of a staff link into a session. It works once; the demo chapter's keep working,
 * and no other chapter's do whatever its row says.
 */
export async function enterByLink(
  token: string,
  ports: Pick<Ports, 'registry' | 'clock' | 'random'>,
): Promise<Result<Entered, Refusal>> {
  const link = readCredential(token);
  const db = link === null ? null : await ports.registry.openChapter(link.chapterId);
  const refused = fail<Refusal>({ db, problem: problem('link-refused') });
  if (link === null || db === null) return refused;
  const now = ports.clock();
  const session = await db.write(async (trx) => {
    const found = await trx
      .updateTable('sign_in_links')
      .set({ used_at: now })
      .where('token_hash', '=', link.hash)
      .where('expires_at', '>', now)
      .where((where) =>
        where.or([
          where('used_at', 'is', null),
          where.and([
            where('reusable', '=', 1),
            where.exists(trx.selectFrom('chapter').select('id').where('demo', '=', 1)),
          ]),
        ]),
      )
      .returning('member_id')
      .executeTakeFirst();
    if (found === undefined) return null;
    const member = await trx
      .selectFrom('members')
      .select(['id', 'name', 'role'])
      .where('id', '=', found.member_id)
      .where('left_at', 'is', null)
      .where('role', '!=', 'canvasser')
      .executeTakeFirst();
    if (member === undefined) return null;
    const actor = byMember({ member });
    await appendAudit(trx, { at: now, kind: 'signed-in', actor, details: { how: 'link' } });
    return openSession(trx, { chapterId: db.id, memberId: member.id, how: 'link' }, ports);
  });
  return session === null ? refused : ok({ session, db });
}
