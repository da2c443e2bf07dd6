import type { Transaction } from 'kysely';
import type { Member } from '#shared/model/chapter.ts';
import { appendAudit, byMember } from '../audit/append-audit.ts';
import { endHolds } from '../chapter/revoke-phone.ts';
import type { Tables } from '../store/tables.ts';
import type { InviteRow } from './find-invite.ts';

/** Whose phone an invite replaces: the new one is theirs too. Null where it replaces none. */
export async function readReplaced(
  trx: Transaction<Tables>,
  { replaces }: Pick<InviteRow, 'replaces'>,
): Promise<{ readonly key: number; readonly member: Member } | null> {
  if (replaces === null) return null;
  const row = await trx
    .selectFrom('devices')
    .innerJoin('members', 'members.id', 'devices.member_id')
    .select(['devices.key', 'members.id', 'members.name', 'members.role'])
    .where('devices.id', '=', replaces)
    .where('members.left_at', 'is', null)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { key, id, name, role } = row;
  return { key, member: { id, name, role } };
}

/** The old phone reads nothing more; what it has recorded it still brings (S-4). */
export async function retirePhone(
  trx: Transaction<Tables>,
  { key }: { readonly key: number },
  invite: InviteRow,
  now: number,
): Promise<void> {
  await trx
    .updateTable('devices')
    .set({ revoked_at: now })
    .where('key', '=', key)
    .where('revoked_at', 'is', null)
    .execute();
  await endHolds(trx, key, now).execute();
  const staff = await trx
    .selectFrom('members')
    .select(['id', 'name', 'role'])
    .where('id', '=', invite.created_by)
    .executeTakeFirstOrThrow();
  await appendAudit(trx, {
    at: now,
    kind: 'phone-revoked',
    actor: byMember({ member: staff }),
    subject: invite.replaces ?? '',
    details: { lost: false, replaced: true },
  });
}
