import type { Kysely } from 'kysely';
import type { DeviceId, ImportId, MemberId, TurfId } from '#shared/kernel/ids.ts';
import type { AuditEntry } from '#shared/model/audit.ts';
import type { LayerId } from '#shared/model/layer.ts';
import type { AuditRow } from '../store/audit-row.ts';
import type { Tables } from '../store/tables.ts';

/** Subjects that have a name of their own, and phones in the details. Never a person of the roll. */
function idsOf(rows: readonly Pick<AuditRow, 'subject' | 'details'>[]): string[] {
  const ids = new Set<string>();
  for (const { subject, details } of rows) {
    if (subject !== '') ids.add(subject);
    const phone = phoneOf(details);
    if (phone !== null) ids.add(phone);
  }
  return [...ids];
}

/** The phone that an entry speaks of besides its subject. */
export function phoneOf(details: string): string | null {
  try {
    const { phone } = JSON.parse(details) as AuditEntry['details'];
    return typeof phone === 'string' ? phone : null;
  } catch {
    return null;
  }
}

/** What the turfs, members, phones, imports and shares of these entries are called now. */
export async function nameSubjects(
  db: Kysely<Tables>,
  rows: readonly Pick<AuditRow, 'subject' | 'details'>[],
): Promise<ReadonlyMap<string, string>> {
  const ids = idsOf(rows);
  const names = new Map<string, string>();
  if (ids.length === 0) return names;
  const found: readonly { readonly id: string; readonly name: string }[][] = [
    await db
      .selectFrom('turfs')
      .select(['id', 'name'])
      .where('id', 'in', ids as TurfId[])
      .execute(),
    await db
      .selectFrom('members')
      .select(['id', 'name'])
      .where('id', 'in', ids as MemberId[])
      .execute(),
    await db
      .selectFrom('devices')
      .innerJoin('members', 'members.id', 'devices.member_id')
      .select(['devices.id', 'members.name'])
      .where('devices.id', 'in', ids as DeviceId[])
      .execute(),
    await db
      .selectFrom('imports')
      .select(['id', 'file_name as name'])
      .where('id', 'in', ids as ImportId[])
      .execute(),
    await db
      .selectFrom('layers')
      .select(['id', 'name'])
      .where('id', 'in', ids as LayerId[])
      .execute(),
    await db
      .selectFrom('shares')
      .select(['id', 'recipient as name'])
      .where('id', 'in', ids)
      .execute(),
  ];
  for (const { id, name } of found.flat()) names.set(id, name);
  return names;
}
