import type { Kysely } from 'kysely';
import type { DeviceId, TurfId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { appendAudit, byMember } from '../audit/append-audit.ts';
import type { Tables } from '../store/tables.ts';
import type { StaffActor } from './actor.ts';

/**
 * Ends what a phone holds. None ends before it began, even when the server's clock was set back
 * meanwhile: what was done under it is judged by it.
 */
export function endHolds(trx: Kysely<Tables>, deviceKey: number, now: number) {
  return trx
    .updateTable('assignments')
    .set((row) => ({
      // As a parameter: with the time in its text each such query would be a new one to compile.
      ended_at: row
        .case()
        .when('from_at', '>', now)
        .then(row.ref('from_at'))
        .else(row.val(now))
        .end(),
    }))
    .where('device_key', '=', deviceKey)
    .where('ended_at', 'is', null)
    .where('until_at', '>', now);
}

function findPhone(trx: Kysely<Tables>, id: DeviceId) {
  return trx
    .selectFrom('devices')
    .select(['key', 'revoked_at'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/**
 * Takes from a phone all that it may read. From its next contact on it gets nothing, and is told to
 * delete what it holds; what it has recorded it can still bring. `lost`: it is told to drop its keys
 * before anything else. A phone that was revoked can be called lost later, never the other way.
 */
export function revokePhone(
  actor: StaffActor,
  deviceId: DeviceId,
  lost: boolean,
  now: number,
): Promise<Result<null>> {
  return actor.db.write(async (trx) => {
    const phone = await findPhone(trx, deviceId);
    if (phone === undefined) return fail(problem('not-found'));
    await trx
      .updateTable('devices')
      .set({ revoked_at: phone.revoked_at ?? now, ...(lost && { lost_in_hand: 1 }) })
      .where('key', '=', phone.key)
      .execute();
    await endHolds(trx, phone.key, now).execute();
    await appendAudit(trx, {
      at: now,
      kind: 'phone-revoked',
      actor: byMember(actor),
      subject: deviceId,
      details: { lost },
    });
    return ok(null);
  });
}

/** Takes one turf back from one phone, which is told at its next contact. */
export function takeBack(
  actor: StaffActor,
  turfId: TurfId,
  deviceId: DeviceId,
  now: number,
): Promise<Result<null>> {
  return actor.db.write(async (trx) => {
    const phone = await findPhone(trx, deviceId);
    const turf = await trx
      .selectFrom('turfs')
      .select('id')
      .where('id', '=', turfId)
      .executeTakeFirst();
    if (phone === undefined || turf === undefined) return fail(problem('not-found'));
    await endHolds(trx, phone.key, now).where('turf_id', '=', turfId).execute();
    await appendAudit(trx, {
      at: now,
      kind: 'turf-taken-back',
      actor: byMember(actor),
      subject: turfId,
      details: { phone: deviceId },
    });
    return ok(null);
  });
}
