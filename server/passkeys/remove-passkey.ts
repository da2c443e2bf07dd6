import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { appendAudit, byMember } from '../audit/append-audit.ts';
import type { StaffActor } from '../chapter/actor.ts';

/** Removes one of the member's own passkeys; never the last one while there are no codes. */
export function removePasskey(
  actor: StaffActor,
  passkeyId: string,
  now: number,
): Promise<Result<null>> {
  const { db, member } = actor;
  return db.write(async (trx): Promise<Result<null>> => {
    const own = await trx
      .selectFrom('passkeys')
      .select(['id', 'name'])
      .where('member_id', '=', member.id)
      .execute();
    const found = own.find(({ id }) => id === passkeyId);
    if (found === undefined) return fail(problem('not-found'));
    const code = await trx
      .selectFrom('recovery_codes')
      .select('hash')
      .where('member_id', '=', member.id)
      .where('used_at', 'is', null)
      .executeTakeFirst();
    if (own.length === 1 && code === undefined) return fail(problem('last-passkey'));
    await trx.deleteFrom('passkeys').where('id', '=', passkeyId).execute();
    await appendAudit(trx, {
      at: now,
      kind: 'passkey-removed',
      actor: byMember(actor),
      subject: member.id,
      details: { name: found.name },
    });
    return ok(null);
  });
}
