import type { Transaction } from 'kysely';
import type { MemberId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { AuditActor } from '#shared/model/audit.ts';
import type { Member } from '#shared/model/chapter.ts';
import type { Role } from '#shared/model/role.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Tables } from '../store/tables.ts';
import { endHolds } from './revoke-phone.ts';
import { endSessions } from './sessions.ts';

/** A member who has not left. */
export function findCurrent(trx: Transaction<Tables>, id: MemberId): Promise<Member | undefined> {
  return trx
    .selectFrom('members')
    .select(['id', 'name', 'role'])
    .where('id', '=', id)
    .where('left_at', 'is', null)
    .executeTakeFirst();
}

async function isLastAdmin(trx: Transaction<Tables>, { id, role }: Member): Promise<boolean> {
  if (role !== 'admin') return false;
  const other = await trx
    .selectFrom('members')
    .select('id')
    .where('role', '=', 'admin')
    .where('left_at', 'is', null)
    .where('id', '!=', id)
    .executeTakeFirst();
  return other === undefined;
}

/** Every way into the desk that a member has. */
async function dropWaysIn(trx: Transaction<Tables>, id: MemberId): Promise<void> {
  await endSessions(trx, id);
  for (const table of ['sign_in_links', 'passkeys', 'recovery_codes', 'challenges'] as const) {
    await trx.deleteFrom(table).where('member_id', '=', id).execute();
  }
}

/**
 * Gives a member another role, from their next request on. Whoever becomes a canvasser has a phone
 * and no desk: their sessions, links and passkeys end. The last admin stays one.
 */
export function changeRole(
  db: Pick<ChapterDb, 'write'>,
  id: MemberId,
  role: Role,
  by: { readonly actor: AuditActor; readonly now: number },
): Promise<Result<null>> {
  return db.write(async (trx): Promise<Result<null>> => {
    const member = await findCurrent(trx, id);
    if (member === undefined) return fail(problem('not-found'));
    if (member.role === role) return ok(null);
    if (await isLastAdmin(trx, member)) return fail(problem('last-admin'));
    await trx.updateTable('members').set({ role }).where('id', '=', id).execute();
    if (role === 'canvasser') await dropWaysIn(trx, id);
    await appendAudit(trx, {
      at: by.now,
      kind: 'role-changed',
      actor: by.actor,
      subject: id,
      details: { name: member.name, from: member.role, to: role },
    });
    return ok(null);
  });
}

/**
 * Marks a member as left: sessions, links and passkeys end at once, and their phones read nothing
 * more. What these have recorded they can still bring. The last admin cannot leave.
 */
export function markLeft(
  db: Pick<ChapterDb, 'write'>,
  id: MemberId,
  by: { readonly actor: AuditActor; readonly now: number },
): Promise<Result<null>> {
  return db.write(async (trx): Promise<Result<null>> => {
    const member = await findCurrent(trx, id);
    if (member === undefined) return fail(problem('not-found'));
    if (await isLastAdmin(trx, member)) return fail(problem('last-admin'));
    await trx.updateTable('members').set({ left_at: by.now }).where('id', '=', id).execute();
    await dropWaysIn(trx, id);
    const phones = await trx
      .updateTable('devices')
      .set({ revoked_at: by.now })
      .where('member_id', '=', id)
      .where('revoked_at', 'is', null)
      .returning('key')
      .execute();
    for (const { key } of phones) await endHolds(trx, key, by.now).execute();
    await appendAudit(trx, {
      at: by.now,
      kind: 'member-left',
      actor: by.actor,
      subject: id,
      details: { name: member.name, role: member.role, phones: phones.length },
    });
    return ok(null);
  });
}
