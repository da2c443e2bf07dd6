import type { DeviceId, TurfId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { LONGEST_HOLD } from '#shared/model/launch-limits.ts';
import { appendAudit, byMember } from '../audit/append-audit.ts';
import type { StaffActor } from './actor.ts';

/**
 * Sets until when a phone keeps the turf that it holds, earlier or later than it was. The phone is
 * told at its next contact. One whose time has run out joins anew: it deletes what it holds.
 */
export function extendHold(
  actor: StaffActor,
  turfId: TurfId,
  { deviceId, until }: { readonly deviceId: DeviceId; readonly until: number },
  now: number,
): Promise<Result<null>> {
  return actor.db.write(async (trx) => {
    const phone = await trx
      .selectFrom('devices')
      .select('key')
      .where('id', '=', deviceId)
      .executeTakeFirst();
    const turf = await trx
      .selectFrom('turfs')
      .select('id')
      .where('id', '=', turfId)
      .executeTakeFirst();
    if (phone === undefined || turf === undefined) return fail(problem('not-found'));
    if (until <= now || until > now + LONGEST_HOLD) return fail(problem('hold-until'));
    const done = await trx
      .updateTable('assignments')
      .set({ until_at: until })
      .where('turf_id', '=', turfId)
      .where('device_key', '=', phone.key)
      .where('ended_at', 'is', null)
      .where('until_at', '>', now)
      .executeTakeFirst();
    if (done.numUpdatedRows === 0n) return fail(problem('hold-over'));
    await appendAudit(trx, {
      at: now,
      kind: 'turf-extended',
      actor: byMember(actor),
      subject: turfId,
      details: { phone: deviceId, until },
    });
    return ok(null);
  });
}
