import { type Id, makeId, type TurfId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { HandedTurf } from '#shared/model/handed.ts';
import { appendAudit, byMember } from '../audit/append-audit.ts';
import type { Ports } from '../ports.ts';
import { readSecret } from '../store/read-secret.ts';
import { readPacket } from '../turf/read-packet.ts';
import type { StaffActor } from './actor.ts';
import { HANDED_LIFE, writeNote } from './handed-note.ts';

/** No phone of the chapter has this key. */
const NO_PHONE = 0;

/** A turf and the chapter's own note, for one phone that has no network to fetch them. */
export async function handTurf(
  actor: StaffActor,
  turfId: TurfId,
  { clock, random }: Pick<Ports, 'clock' | 'random'>,
): Promise<Result<HandedTurf>> {
  const { db, member } = actor;
  const now = clock();
  const turf = await db.read
    .selectFrom('turfs')
    .select(['state', 'closed_at'])
    .where('id', '=', turfId)
    .executeTakeFirst();
  if (turf === undefined) return fail(problem('not-found'));
  if (turf.closed_at !== null) return fail(problem('turf-closed'));
  if (turf.state !== 'published') return fail(problem('turf-draft'));
  const packet = await readPacket({ db, deviceKey: NO_PHONE, turfId }, now);
  if (!packet.ok) return packet;
  const secret = await readSecret(db.read);
  const said = {
    v: 1 as const,
    noteId: makeId<Id<'note'>>(now, random),
    chapterId: db.id,
    turfId,
    issuedAt: now,
    until: now + HANDED_LIFE,
    by: member.id,
    giver: null,
  };
  await db.write((trx) =>
    appendAudit(trx, {
      at: now,
      kind: 'turf-launched',
      actor: byMember(actor),
      subject: turfId,
      details: { until: said.until, way: 'handed' },
    }),
  );
  return ok({ note: writeNote(said, secret), packet: packet.value });
}
