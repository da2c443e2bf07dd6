import type { Transaction } from 'kysely';
import { type DeviceId, makeId, type MemberId, type TurfId } from '#shared/kernel/ids.ts';
import { problem, type Problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { appendAudit, byMember } from '../audit/append-audit.ts';
import type { StaffActor } from '../chapter/actor.ts';
import { addPhone } from '../chapter/add-phone.ts';
import { handOut } from '../chapter/hand-out.ts';
import type { Ports } from '../ports.ts';
import type { Tables } from '../store/tables.ts';
import type { InviteRow } from './find-invite.ts';

type Trx = Transaction<Tables>;

async function findWaiting(trx: Trx, id: string, now: number): Promise<InviteRow | null> {
  const invite = await trx
    .selectFrom('invites')
    .selectAll()
    .where('id', '=', id)
    .where('kind', '=', 'remote')
    .where('state', '=', 'pending')
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return invite ?? null;
}

async function findHindrance(trx: Trx, turfId: TurfId): Promise<Problem | null> {
  const turf = await trx
    .selectFrom('turfs')
    .select(['state', 'closed_at'])
    .where('id', '=', turfId)
    .executeTakeFirst();
  if (turf === undefined) return problem('not-found');
  if (turf.closed_at !== null) return problem('turf-closed');
  return turf.state === 'published' ? null : problem('turf-draft');
}

async function addNewcomer(trx: Trx, invite: InviteRow, now: number, ports: Ports) {
  const { phone_hash: tokenHash, public_key: publicKey, given } = invite;
  if (tokenHash === null || given === null)
    throw new Error('A phone that waits has said who it is.');
  const memberId = makeId<MemberId>(now, ports.random);
  const deviceId = makeId<DeviceId>(now, ports.random);
  await trx
    .insertInto('members')
    .values({
      id: memberId,
      name: given,
      role: 'canvasser',
      created_at: now,
      left_at: null,
      approved_at: now,
    })
    .execute();
  const key = await addPhone(trx, { deviceId, memberId, tokenHash, publicKey }, now);
  return { key, memberId };
}

async function readKnown(trx: Trx, key: number) {
  const { member_id: memberId } = await trx
    .selectFrom('devices')
    .select('member_id')
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  return { key, memberId };
}

/** Lets the phone in that opened a remote invite: from now on it reads one turf. */
export function letIn(
  actor: StaffActor,
  id: string,
  turfId: TurfId,
  ports: Ports,
): Promise<Result<null>> {
  return actor.db.write(async (trx): Promise<Result<null>> => {
    const now = ports.clock();
    const invite = await findWaiting(trx, id, now);
    if (invite === null) return fail(problem('not-found'));
    const hindrance = await findHindrance(trx, turfId);
    if (hindrance !== null) return fail(hindrance);
    const { device_key: known } = invite;
    const phone =
      known === null ? await addNewcomer(trx, invite, now, ports) : await readKnown(trx, known);
    await handOut(trx, turfId, phone.key, now);
    await trx
      .updateTable('invites')
      .set({
        state: 'used',
        device_key: phone.key,
        turf_id: turfId,
        decided_by: actor.member.id,
        decided_at: now,
      })
      .where('id', '=', id)
      .execute();
    await appendAudit(trx, {
      at: now,
      kind: 'join-approved',
      actor: byMember(actor),
      subject: phone.memberId,
      details: { asked: invite.name, given: invite.given, turf: turfId },
    });
    return ok(null);
  });
}

/** Refuses whoever opened a remote invite, or takes back one that nobody has opened. */
export function refuseInvite(actor: StaffActor, id: string, now: number): Promise<Result<null>> {
  return actor.db.write(async (trx): Promise<Result<null>> => {
    const invite = await trx
      .updateTable('invites')
      .set({ state: 'refused', decided_by: actor.member.id, decided_at: now })
      .where('id', '=', id)
      .where('kind', '=', 'remote')
      .where('state', 'in', ['open', 'pending'])
      .returning(['name', 'given'])
      .executeTakeFirst();
    if (invite === undefined) return fail(problem('not-found'));
    await appendAudit(trx, {
      at: now,
      kind: 'join-refused',
      actor: byMember(actor),
      subject: id,
      details: { asked: invite.name, given: invite.given },
    });
    return ok(null);
  });
}
