import { makeId, type MemberId } from '#shared/kernel/ids.ts';
import type { RandomBytes } from '#shared/kernel/random.ts';
import type { Role } from '#shared/model/role.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { makeCredential } from './credential.ts';

/** A link for a member of the staff works once, within this time. */
const LINK_LIFE = 72 * 3_600_000;
/** The demo's links keep working, so that trying it out never locks anybody out. */
const DEMO_LINK_LIFE = 30 * 24 * 3_600_000;

interface Means {
  readonly clock: () => number;
  readonly random: RandomBytes;
}

export async function addMember(
  db: ChapterDb,
  member: { readonly name: string; readonly role: Role },
  means: Means,
): Promise<MemberId> {
  const now = means.clock();
  const id = makeId<MemberId>(now, means.random);
  await db.write((trx) =>
    trx
      .insertInto('members')
      .values({ id, name: member.name, role: member.role, created_at: now, left_at: null })
      .execute(),
  );
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

/** A new sign-in link for a member. The token is told once and kept only as a hash. */
export async function makeStaffLink(
  db: ChapterDb,
  memberId: MemberId,
  means: Means & { readonly publicUrl: () => string },
  options: { readonly reusable: boolean } = { reusable: false },
): Promise<{ url: string; token: string; expiresAt: number }> {
  const now = means.clock();
  const { token, hash } = makeCredential(db.id, means.random);
  const expiresAt = now + (options.reusable ? DEMO_LINK_LIFE : LINK_LIFE);
  await db.write(async (trx) => {
    await trx.deleteFrom('sign_in_links').where('expires_at', '<=', now).execute();
    await trx
      .insertInto('sign_in_links')
      .values({
        token_hash: hash,
        member_id: memberId,
        created_at: now,
        expires_at: expiresAt,
        used_at: null,
        reusable: options.reusable ? 1 : 0,
      })
      .execute();
  });
  return { url: `${means.publicUrl()}/enter#${token}`, token, expiresAt };
}
