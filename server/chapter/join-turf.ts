import type { Transaction } from 'kysely';
import { isUuid, makeId, type DeviceId, type MemberId } from '#shared/kernel/ids.ts';
import { problem, type Problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Join, Member } from '#shared/model/chapter.ts';
import type { JoinAnswer, Waiting } from '#shared/model/invite.ts';
import { appendAudit, byMember } from '../audit/append-audit.ts';
import { sayRefusals } from '../invites/count-refusals.ts';
import { findInvite, type InviteRow, readShown } from '../invites/find-invite.ts';
import { readReplaced, retirePhone } from '../invites/replace-phone.ts';
import { holdBack } from '../invites/wait-to-join.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Tables } from '../store/tables.ts';
import { GRANT_MS } from '../sync/grant.ts';
import type { Actor, DeviceActor } from './actor.ts';
import { addPhone } from './add-phone.ts';
import { type Credential, hashSecret, makeCredential, readCredential } from './credential.ts';
import { readPublicKey } from './device-keys.ts';
import { handOut } from './hand-out.ts';
import { noteLostPhone } from './note-lost-phone.ts';
import { readChapter } from './read-chapter.ts';

type Trx = Transaction<Tables>;

/** The token that a phone came with, and whose it is: null for nobody's that the server knows. */
export interface CameWith {
  readonly actor: Actor | null;
  readonly token: string;
}

/** The phone that joins anew with its token, as long as it is still that phone. */
function findKnown(
  db: ChapterDb,
  publicKey: Uint8Array | null,
  known: CameWith | null,
): { readonly actor: DeviceActor; readonly token: string } | null {
  if (known?.actor?.kind !== 'device' || known.actor.may !== 'push') return null;
  const { actor, token } = known;
  if (actor.db !== db || actor.standing !== 'ok') return null;
  const other =
    publicKey !== null &&
    actor.publicKey !== null &&
    Buffer.compare(publicKey, actor.publicKey) !== 0;
  return other ? null : { actor, token };
}

/**
 * A token of this chapter that nobody has belongs to a phone that joined after the backup which the
 * chapter was restored from. It goes on with it, so that what it has not sent yet still arrives.
 */
function credentialFor(db: ChapterDb, came: CameWith | null, ports: Ports): Credential {
  const orphan = came?.actor === null ? readCredential(came.token) : null;
  if (came === null || orphan?.chapterId !== db.id) return makeCredential(db.id, ports.random);
  return { token: came.token, hash: orphan.hash };
}

async function prolong(
  trx: Trx,
  { deviceKey, publicKey: old }: DeviceActor,
  publicKey: Uint8Array | null,
  now: number,
): Promise<number> {
  const key = old ?? publicKey;
  await trx
    .updateTable('devices')
    .set({ public_key: key, grant_until: key === null ? 0 : now + GRANT_MS, purged_at: null })
    .where('key', '=', deviceKey)
    .execute();
  return deviceKey;
}

/** Nobody else comes in by it: the chapter's lock is held from the look at it until here. */
async function useUp(trx: Trx, invite: InviteRow, deviceKey: number, now: number): Promise<void> {
  if (invite.kind === 'demo') return;
  await trx
    .updateTable('invites')
    .set({ state: 'used', device_key: deviceKey, decided_at: now })
    .where('id', '=', invite.id)
    .execute();
}

interface Walker {
  readonly deviceId: DeviceId;
  readonly deviceToken: string;
  readonly member: Member;
}

/**
 * Lets a phone walk the turf behind a code, once, and ties it to the phone's own key; a remote
 * invite's phone waits instead until somebody lets it in. Every bad code looks like every other. A
 * phone that this chapter knows already, by the token that it came with, stays the same phone and
 * member, so that what it has not sent yet stays its own; one that was revoked, or comes with
 * another key, is a new phone.
 */
export async function joinTurf(
  wish: Join,
  known: CameWith | null,
  ports: Ports,
): Promise<Result<JoinAnswer>> {
  // What is wrong whatever the code is told first, so that it says nothing of any code.
  const name = wish.name.trim();
  if (name === '') return fail(problem('not-valid', { reason: 'the name is empty' }));
  const publicKey = wish.publicKey === undefined ? null : readPublicKey(wish.publicKey);
  if (wish.publicKey !== undefined && publicKey === null) {
    return fail(problem('not-valid', { reason: 'this is no P-256 key' }));
  }
  const refused = fail<Problem>(problem('code-refused'));
  const shown = await readShown(wish.code, ports);
  if (shown === null) return refused;
  const { db } = shown;
  const now = ports.clock();
  const device = findKnown(db, publicKey, known);
  const credential = credentialFor(db, known, ports);

  async function letIn(trx: Trx, invite: InviteRow): Promise<Walker | null> {
    const replaced = await readReplaced(trx, invite);
    if (invite.turf_id === null || (invite.replaces !== null && replaced === null)) return null;
    const same = replaced === null ? device : null;
    const member = replaced?.member ??
      same?.actor.member ?? { id: makeId<MemberId>(now, ports.random), name, role: 'canvasser' };
    const deviceId = same?.actor.deviceId ?? makeId<DeviceId>(now, ports.random);
    if (same === null && replaced === null) {
      await trx
        .insertInto('members')
        .values({ ...member, created_at: now, left_at: null })
        .execute();
    }
    const { hash: tokenHash } = credential;
    const key =
      same === null
        ? await addPhone(trx, { deviceId, memberId: member.id, tokenHash, publicKey }, now)
        : await prolong(trx, same.actor, publicKey, now);
    if (isUuid(wish.lostDeviceId) && wish.lostDeviceId !== deviceId) {
      await noteLostPhone(trx, wish.lostDeviceId as DeviceId);
    }
    if (replaced !== null) await retirePhone(trx, replaced, invite, now);
    await handOut(trx, invite.turf_id, key, now);
    await useUp(trx, invite, key, now);
    const way = shown?.way ?? 'typed';
    const details = { name: member.name, turf: invite.turf_id, way, phone: deviceId };
    const subject = member.id;
    await appendAudit(trx, {
      at: now,
      kind: 'joined',
      actor: byMember({ member }),
      subject,
      details,
    });
    return { deviceId, deviceToken: same?.token ?? credential.token, member };
  }

  const done = await db.write(async (trx): Promise<Walker | Waiting | Problem> => {
    await sayRefusals(trx, now);
    const invite = await findInvite(trx, shown, now);
    if (invite === null) return refused.problem;
    if (invite.kind !== 'remote') return (await letIn(trx, invite)) ?? refused.problem;
    // An app that cannot wait would burn the link and know nothing of it.
    if (publicKey === null || wish.waits !== true) return problem('update-first');
    const own =
      device === null
        ? { credential, deviceKey: null }
        : {
            credential: { token: device.token, hash: hashSecret(device.token) },
            deviceKey: device.actor.deviceKey,
          };
    const who = { name, publicKey, ...own };
    return holdBack(trx, invite, who, now);
  });
  if ('code' in done) return fail(done);
  if ('waiting' in done) return ok(done);
  const { chapter, chapterKey } = await readChapter(db);
  return ok({ ...done, grantUntil: now + GRANT_MS, chapterKey, chapter });
}
