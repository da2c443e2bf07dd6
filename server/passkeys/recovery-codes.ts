import type { ChapterId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { RecoveryCodes, RecoveryEntry } from '#shared/model/passkey.ts';
import {
  makeRecoveryLetters,
  readRecoveryLetters,
  showRecoveryLetters,
} from '#shared/privacy/recovery-letters.ts';
import { appendAudit, byMember } from '../audit/append-audit.ts';
import type { StaffActor } from '../chapter/actor.ts';
import { hashSecret } from '../chapter/credential.ts';
import type { Entered, Refusal } from '../chapter/enter-by-link.ts';
import { openSession } from '../chapter/sessions.ts';
import type { Ports } from '../ports.ts';

const HOW_MANY = 10;

/** SHA-256 is enough: a code is 80 random bits, which nobody can try. */
const hashOf = (chapterId: ChapterId, letters: string): Uint8Array =>
  hashSecret(`${chapterId} recovery ${letters}`);

/** Ten new codes for a member, told once; those from before work no longer. */
export async function makeRecoveryCodes(
  actor: StaffActor,
  { clock, random }: Pick<Ports, 'clock' | 'random'>,
): Promise<RecoveryCodes> {
  const { db, member } = actor;
  const now = clock();
  const letters = Array.from({ length: HOW_MANY }, () => makeRecoveryLetters(random(16)));
  await db.write(async (trx) => {
    await trx.deleteFrom('recovery_codes').where('member_id', '=', member.id).execute();
    const rows = letters.map((one) => ({
      hash: hashOf(db.id, one),
      member_id: member.id,
      created_at: now,
      used_at: null,
    }));
    await trx.insertInto('recovery_codes').values(rows).execute();
    await appendAudit(trx, {
      at: now,
      kind: 'recovery-codes-made',
      actor: byMember(actor),
      subject: member.id,
      details: { codes: HOW_MANY },
    });
  });
  return { codes: letters.map(showRecoveryLetters), madeAt: now };
}

/**
 * Trades a printed code for a session that makes a new passkey and does nothing else. The chapter's
 * short name stands on the same sheet: codes alone name no chapter.
 */
export async function enterByCode(
  entry: RecoveryEntry,
  ports: Pick<Ports, 'registry' | 'clock' | 'random'>,
): Promise<Result<Entered, Refusal>> {
  const { registry, clock } = ports;
  const chapter = await registry.bySlug(entry.chapter.trim().toLowerCase());
  const db = chapter === null ? null : await registry.openChapter(chapter.id);
  const refused = fail<Refusal>({ db, problem: problem('recovery-refused') });
  const letters = readRecoveryLetters(entry.code);
  if (db === null || letters === null) return refused;
  const now = clock();
  const session = await db.write(async (trx) => {
    const used = await trx
      .updateTable('recovery_codes')
      .set({ used_at: now })
      .where('hash', '=', hashOf(db.id, letters))
      .where('used_at', 'is', null)
      .returning('member_id')
      .executeTakeFirst();
    if (used === undefined) return null;
    const member = await trx
      .selectFrom('members')
      .select(['id', 'name', 'role'])
      .where('id', '=', used.member_id)
      .where('left_at', 'is', null)
      .where('role', '!=', 'canvasser')
      .executeTakeFirst();
    if (member === undefined) return null;
    const deed = { at: now, actor: byMember({ member }), subject: member.id };
    await appendAudit(trx, { ...deed, kind: 'recovery-code-used' });
    await appendAudit(trx, { ...deed, kind: 'signed-in', details: { how: 'recovery' } });
    return openSession(trx, { chapterId: db.id, memberId: member.id, how: 'recovery' }, ports);
  });
  return session === null ? refused : ok({ session, db });
}
