import { makeId, type MemberId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import type { RandomBytes } from '#shared/kernel/random.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { AuditActor } from '#shared/model/audit.ts';
import type { StaffLink } from '#shared/model/member.ts';
import type { Role } from '#shared/model/role.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { findCurrent } from './change-member.ts';
import { makeCredential } from './credential.ts';

/** A link for a member of the staff works once, within this time. */
const LINK_LIFE = 72 * 3_600_000;
/** The demo's links keep working, so that trying it out never locks anybody out. */
const DEMO_LINK_LIFE = 30 * 24 * 3_600_000;

interface Means {
  readonly clock: () => number;
  readonly random: RandomBytes;
}

type LinkMeans = Means & { readonly publicUrl: () => string };

/** Adds a member; with `by` it is written down who did it. */
export async function addMember(
  db: ChapterDb,
  member: { readonly name: string; readonly role: Role },
  means: Means,
  by: AuditActor | null = null,
): Promise<MemberId> {
  const now = means.clock();
  const id = makeId<MemberId>(now, means.random);
  const { name, role } = member;
  await db.write(async (trx) => {
    await trx
      .insertInto('members')
      .values({ id, name, role, created_at: now, left_at: null })
      .execute();
    if (by === null) return;
    const details = { name, role };
    await appendAudit(trx, { at: now, kind: 'member-added', actor: by, subject: id, details });
  });
  return id;
}

/** The first member with this role, oldest first; null when there is none. */
export async function findMember(db: ChapterDb, role: Role): Promise<MemberId | null> {
  const row = await db.read
    .selectFrom('members')
    .select('id')
    .where('role', '=', role)
    .where('left_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

/**
 * A new sign-in link for a member. The token is told once and kept only as a hash. Reusable links
 * are the demo chapter's alone: in any other, one that was asked for works once like the rest.
 */
export async function makeStaffLink(
  db: ChapterDb,
  memberId: MemberId,
  means: LinkMeans,
  options: { readonly reusable: boolean } = { reusable: false },
): Promise<StaffLink & { readonly token: string }> {
  const now = means.clock();
  const { token, hash } = makeCredential(db.id, means.random);
  const expiresAt = await db.write(async (trx) => {
    const { demo } = await trx.selectFrom('chapter').select('demo').executeTakeFirstOrThrow();
    const reusable = options.reusable && demo === 1;
    const expires = now + (reusable ? DEMO_LINK_LIFE : LINK_LIFE);
    await trx.deleteFrom('sign_in_links').where('expires_at', '<=', now).execute();
    await trx
      .insertInto('sign_in_links')
      .values({
        token_hash: hash,
        member_id: memberId,
        created_at: now,
        expires_at: expires,
        used_at: null,
        reusable: reusable ? 1 : 0,
      })
      .execute();
    return expires;
  });
  return { url: `${means.publicUrl()}/enter#${token}`, token, expiresAt };
}

/**
 * A link for a member who has none yet, or has lost what they came in with: when they make a passkey
 * by it, those from before open nothing any more. Earlier links of theirs end.
 */
export async function giveLink(
  db: ChapterDb,
  memberId: MemberId,
  means: LinkMeans,
  by: AuditActor,
): Promise<Result<StaffLink>> {
  const known = await db.write(async (trx) => {
    const member = await findCurrent(trx, memberId);
    if (member === undefined || member.role === 'canvasser') return false;
    await trx
      .deleteFrom('sign_in_links')
      .where('member_id', '=', memberId)
      .where('reusable', '=', 0)
      .execute();
    await appendAudit(trx, {
      at: means.clock(),
      kind: 'invited',
      actor: by,
      subject: memberId,
      details: { name: member.name, way: 'link' },
    });
    return true;
  });
  if (!known) return fail(problem('not-found'));
  const { url, expiresAt } = await makeStaffLink(db, memberId, means);
  return ok({ url, expiresAt });
}
