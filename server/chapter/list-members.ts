import type { MemberId } from '#shared/kernel/ids.ts';
import type { ListedMember } from '#shared/model/member.ts';
import type { ChapterDb } from '../store/chapter-db.ts';

/** Staff before canvassers, those who left at the end, each by name. */
function byPlace(a: ListedMember, b: ListedMember): number {
  const place = ({ leftAt, role }: ListedMember): number =>
    leftAt !== null ? 2 : role === 'canvasser' ? 1 : 0;
  return place(a) - place(b) || a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1);
}

/** Everybody who is or was of the chapter, and what they can come in with. */
export async function listMembers(db: ChapterDb, now: number): Promise<ListedMember[]> {
  const count = (rows: readonly { id: MemberId; count: number }[]) =>
    new Map(rows.map((row) => [row.id, row.count]));
  const members = await db.read
    .selectFrom('members')
    .select(['id', 'name', 'role', 'created_at', 'left_at'])
    .execute();
  const passkeys = count(
    await db.read
      .selectFrom('passkeys')
      .select((row) => ['member_id as id', row.fn.countAll<number>().as('count')])
      .groupBy('member_id')
      .execute(),
  );
  const codes = count(
    await db.read
      .selectFrom('recovery_codes')
      .select((row) => ['member_id as id', row.fn.countAll<number>().as('count')])
      .where('used_at', 'is', null)
      .groupBy('member_id')
      .execute(),
  );
  const phones = count(
    await db.read
      .selectFrom('devices')
      .select((row) => ['member_id as id', row.fn.countAll<number>().as('count')])
      .where('revoked_at', 'is', null)
      .where('entered_by', 'is', null)
      .groupBy('member_id')
      .execute(),
  );
  const links = count(
    await db.read
      .selectFrom('sign_in_links')
      .select((row) => ['member_id as id', row.fn.max('expires_at').as('count')])
      .where('used_at', 'is', null)
      .where('expires_at', '>', now)
      .groupBy('member_id')
      .execute(),
  );
  return members
    .map(({ id, name, role, created_at, left_at }) => ({
      id,
      name,
      role,
      joinedAt: created_at,
      leftAt: left_at,
      passkeys: passkeys.get(id) ?? 0,
      codes: codes.get(id) ?? 0,
      phones: phones.get(id) ?? 0,
      linkUntil: links.get(id) ?? null,
    }))
    .sort(byPlace);
}
