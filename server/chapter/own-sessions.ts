import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { OwnSession } from '#shared/model/session.ts';
import { appendAudit, byMember } from '../audit/append-audit.ts';
import type { StaffActor } from './actor.ts';
import { endSessions } from './sessions.ts';

type Owner = Pick<StaffActor, 'db' | 'member' | 'sessionHash'>;

/** The beginning of the token's hash names a session, and tells nobody the token. */
const nameOf = (hash: Uint8Array): string =>
  Buffer.from(hash.subarray(0, 16)).toString('base64url');

/** Where the member is signed in now: this session first, then the last used. */
export async function listSessions(
  { db, member, sessionHash }: Owner,
  now: number,
): Promise<OwnSession[]> {
  const rows = await db.read
    .selectFrom('sessions')
    .select(['token_hash', 'device', 'how', 'created_at', 'seen_at', 'expires_at'])
    .where('member_id', '=', member.id)
    .where('expires_at', '>', now)
    .execute();
  const here = nameOf(sessionHash);
  return rows
    .map((row) => ({
      id: nameOf(row.token_hash),
      device: row.device,
      how: row.how,
      since: row.created_at,
      seenAt: row.seen_at,
      until: row.expires_at,
      here: nameOf(row.token_hash) === here,
    }))
    .sort(
      (a, b) =>
        Number(b.here) - Number(a.here) ||
        (b.seenAt ?? b.since) - (a.seenAt ?? a.since) ||
        (a.id < b.id ? -1 : 1),
    );
}

/** Ends one session of the member, at once. Problems: not-found, also for anybody else's. */
export function endSession({ db, member }: Owner, id: string, now: number): Promise<Result<null>> {
  return db.write(async (trx): Promise<Result<null>> => {
    const rows = await trx
      .selectFrom('sessions')
      .select('token_hash')
      .where('member_id', '=', member.id)
      .execute();
    const found = rows.find((row) => nameOf(row.token_hash) === id);
    if (found === undefined) return fail(problem('not-found'));
    await trx.deleteFrom('sessions').where('token_hash', '=', found.token_hash).execute();
    const details = { everywhere: false, others: 1 };
    await appendAudit(trx, { at: now, kind: 'signed-out', actor: byMember({ member }), details });
    return ok(null);
  });
}

/** Ends every session of the member but the one that asks. */
export async function endOtherSessions(
  { db, member, sessionHash }: Owner,
  now: number,
): Promise<void> {
  await db.write(async (trx) => {
    const others = await endSessions(trx, member.id, sessionHash);
    if (others === 0) return;
    const details = { everywhere: false, others };
    await appendAudit(trx, { at: now, kind: 'signed-out', actor: byMember({ member }), details });
  });
}
