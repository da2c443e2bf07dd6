import type { Transaction } from 'kysely';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { PasskeyAnswer } from '#shared/model/passkey.ts';
import { appendAudit, byMember } from '../audit/append-audit.ts';
import type { Entered, Refusal } from '../chapter/enter-by-link.ts';
import { openSession } from '../chapter/sessions.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Tables } from '../store/tables.ts';
import { challengeIn, checkAnswer, type KnownPasskey } from './check-answer.ts';
import { spendChallenge } from './challenges.ts';
import type { RelyingParty } from './relying-party.ts';
import { isSignInChallenge } from './sign-in-challenge.ts';
import { type PasskeyOwner, readUserHandle } from './user-handle.ts';

type Means = Pick<Ports, 'registry' | 'clock' | 'random'>;

function findPasskey(db: ChapterDb, id: string, { memberId }: PasskeyOwner) {
  return db.read
    .selectFrom('passkeys')
    .innerJoin('members', 'members.id', 'passkeys.member_id')
    .select(['passkeys.id', 'passkeys.public_key', 'passkeys.counter'])
    .select(['members.id as memberId', 'members.name', 'members.role'])
    .where('passkeys.id', '=', id)
    .where('passkeys.member_id', '=', memberId)
    .where('members.left_at', 'is', null)
    .where('members.role', '!=', 'canvasser')
    .executeTakeFirst();
}

/** True when nobody used the passkey meanwhile: of two answers at the same moment one counts. */
export async function advanceCounter(
  trx: Transaction<Tables>,
  passkey: KnownPasskey,
  counter: number,
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('passkeys')
    .set({ counter, last_used_at: now })
    .where('id', '=', passkey.id)
    .where('counter', '=', passkey.counter)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/**
 * Signs in whoever holds a passkey. It says itself which chapter and which member it is for; a
 * server of many chapters looks nowhere else. Every refusal is the same one.
 */
export async function enterByPasskey(
  answer: PasskeyAnswer,
  party: RelyingParty,
  means: Means,
): Promise<Result<Entered, Refusal>> {
  const { registry, clock } = means;
  const owner = readUserHandle(answer.userHandle);
  const db = owner === null ? null : await registry.openChapter(owner.chapterId);
  const refused = fail<Refusal>({ db, problem: problem('passkey-refused') });
  const challenge = challengeIn(answer);
  if (owner === null || db === null || challenge === null) return refused;
  if (!isSignInChallenge(challenge, await registry.secret(), clock())) return refused;
  const found = await findPasskey(db, answer.id, owner);
  if (found === undefined) return refused;
  const counter = await checkAnswer(answer, found, challenge, party);
  if (counter === null) return refused;
  const now = clock();
  const session = await db.write(async (trx) => {
    if (!(await spendChallenge(trx, found.memberId, challenge, now))) return null;
    if (!(await advanceCounter(trx, found, counter, now))) return null;
    const member = { id: found.memberId, name: found.name, role: found.role };
    const actor = byMember({ member });
    await appendAudit(trx, { at: now, kind: 'signed-in', actor, details: { how: 'passkey' } });
    return openSession(trx, { chapterId: db.id, memberId: member.id, how: 'passkey' }, means);
  });
  return session === null ? refused : ok({ session, db });
}
