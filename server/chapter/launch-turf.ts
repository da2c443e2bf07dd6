import type { DeviceId, MemberId, TurfId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { AuditActor } from '#shared/model/audit.ts';
import type { LaunchCode } from '#shared/model/turf.ts';
import { appendAudit, BY_SERVER } from '../audit/append-audit.ts';
import { makeInvite } from '../invites/make-invite.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';

/** A screen that shows code after code launches a turf once for the chain, not forty times. */
const ONE_LAUNCH = 60 * 60_000;

export interface LaunchWish {
  readonly by: MemberId;
  readonly actor?: AuditActor;
  /** The phone whose place the one that comes takes. */
  readonly replaces?: DeviceId;
  /** A code of the demo chapter, which works again and again. */
  readonly demo?: boolean;
}

async function findHindrance(db: ChapterDb, turfId: TurfId, replaces: DeviceId | undefined) {
  const turf = await db.read
    .selectFrom('turfs')
    .select(['state', 'closed_at'])
    .where('id', '=', turfId)
    .executeTakeFirst();
  if (turf === undefined) return problem('not-found');
  if (turf.closed_at !== null) return problem('turf-closed');
  if (turf.state !== 'published') return problem('turf-draft');
  if (replaces === undefined) return null;
  const phone = await db.read
    .selectFrom('devices')
    .innerJoin('members', 'members.id', 'devices.member_id')
    .select('devices.key')
    .where('devices.id', '=', replaces)
    .where('members.left_at', 'is', null)
    .executeTakeFirst();
  return phone === undefined ? problem('not-found') : null;
}

/** A code and a QR's link for one published turf: one phone, once, within ten minutes (S-1). */
export async function launchTurf(
  db: ChapterDb,
  turfId: TurfId,
  { by, actor = BY_SERVER, replaces, demo = false }: LaunchWish,
  ports: Ports,
): Promise<Result<LaunchCode & { readonly token: string }>> {
  const hindrance = await findHindrance(db, turfId, replaces);
  if (hindrance !== null) return fail(hindrance);
  const now = ports.clock();
  const wish = {
    kind: demo ? ('demo' as const) : ('qr' as const),
    turfId,
    by,
    ...(replaces !== undefined && { replaces }),
  };
  const made = await makeInvite(db, wish, ports, async (trx, { expiresAt }) => {
    const before = await trx
      .selectFrom('invites')
      .select('id')
      .where('turf_id', '=', turfId)
      .where('created_by', '=', by)
      .where('created_at', '>', now - ONE_LAUNCH)
      .limit(1)
      .executeTakeFirst();
    if (before !== undefined) return;
    const details = { until: expiresAt };
    await appendAudit(trx, { at: now, kind: 'turf-launched', actor, subject: turfId, details });
  });
  const { id, token, code, expiresAt } = made;
  if (code === null) throw new Error('A code of the table has letters for typing.');
  return ok({ id, code, url: `${ports.publicUrl()}/join#${token}`, expiresAt, token });
}
