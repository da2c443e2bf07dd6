import type { Kysely } from 'kysely';
import type { Conduct } from '#shared/model/conduct.ts';
import { appendAudit, byMember } from '../audit/append-audit.ts';
import type { Tables } from '../store/tables.ts';
import type { DeviceActor } from './actor.ts';

const KIND = 'conduct-read';

/**
 * Writes into the audit chain that a canvasser has read the rules, once for each version; when is by
 * their phone's clock, never later than now. Safe to repeat.
 */
export async function noteConduct(
  { db, member, deviceId }: DeviceActor,
  { version, at }: Conduct,
  now: number,
): Promise<void> {
  const known = await readConduct(db.read);
  if (known.get(member.id)?.version === version) return;
  await db.write(async (trx) => {
    // Two answers of one phone may come at once.
    if ((await readConduct(trx)).get(member.id)?.version === version) return;
    const details = { version, readAt: Math.min(at, now) };
    const actor = byMember({ member });
    await appendAudit(trx, { at: now, kind: KIND, actor, subject: deviceId, details });
  });
}

/** What each member has read last, by member. */
export async function readConduct(db: Kysely<Tables>): Promise<ReadonlyMap<string, Conduct>> {
  const rows = await db
    .selectFrom('audit')
    .select(['actor_id', 'details'])
    .where('kind', '=', KIND)
    .orderBy('seq')
    .execute();
  return new Map(
    rows.map(({ actor_id: id, details }) => {
      const { version, readAt } = JSON.parse(details) as { version: string; readAt: number };
      return [id, { version, at: readAt }];
    }),
  );
}
