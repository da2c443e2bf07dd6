import type { MemberId } from '#shared/kernel/ids.ts';
import type { MyPasskeys, PasskeyHint } from '#shared/model/passkey.ts';
import type { ChapterDb } from '../store/chapter-db.ts';

/** How a browser reaches each passkey of a member. */
export async function listHints(db: ChapterDb, memberId: MemberId): Promise<PasskeyHint[]> {
  const rows = await db.read
    .selectFrom('passkeys')
    .select(['id', 'transports'])
    .where('member_id', '=', memberId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map(({ id, transports }) => ({ id, transports: JSON.parse(transports) as string[] }));
}

/** What a member can come in with: passkeys, oldest first, and how many codes are left. */
export async function listPasskeys(db: ChapterDb, memberId: MemberId): Promise<MyPasskeys> {
  const passkeys = await db.read
    .selectFrom('passkeys')
    .select(['id', 'name', 'created_at as createdAt', 'last_used_at as lastUsedAt'])
    .where('member_id', '=', memberId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  const codes = await db.read
    .selectFrom('recovery_codes')
    .select((row) => [row.fn.countAll<number>().as('left'), row.fn.min('created_at').as('madeAt')])
    .where('member_id', '=', memberId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow();
  return { passkeys, codes: { left: codes.left, madeAt: codes.madeAt } };
}
