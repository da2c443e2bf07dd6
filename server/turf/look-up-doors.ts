import type { FoundDoor } from '#shared/sync/phones.ts';
import { appendAudit, byMember } from '../audit/append-audit.ts';
import type { StaffActor } from '../chapter/actor.ts';
import { findDoors } from './find-doors.ts';

/**
 * Finds doors for a member of the staff, outside of any list; that they looked, and how many were
 * found, enters the audit chain. What they typed does not: it may be somebody's address.
 */
export async function lookUpDoors(
  actor: StaffActor,
  typed: string,
  now: number,
): Promise<FoundDoor[]> {
  const found = await findDoors(actor.db, typed);
  await actor.db.write((trx) =>
    appendAudit(trx, {
      at: now,
      kind: 'looked-up',
      actor: byMember(actor),
      details: { found: found.length },
    }),
  );
  return found;
}
