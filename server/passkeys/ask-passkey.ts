import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { AskPasskey, PasskeyAnswer } from '#shared/model/passkey.ts';
import type { StaffActor } from '../chapter/actor.ts';
import { renewSession, type Session } from '../chapter/sessions.ts';
import type { Ports } from '../ports.ts';
import { challengeIn, checkAnswer } from './check-answer.ts';
import { giveChallenge, takeChallenge } from './challenges.ts';
import { advanceCounter } from './enter-by-passkey.ts';
import { listHints } from './list-passkeys.ts';
import type { RelyingParty } from './relying-party.ts';

type Means = Pick<Ports, 'clock' | 'random'>;

/** What a browser needs to ask a signed-in member for one of their own passkeys. */
export async function beginAsking(
  { db, member }: StaffActor,
  party: RelyingParty,
  { clock, random }: Means,
): Promise<AskPasskey> {
  const challenge = await db.write((trx) => giveChallenge(trx, 'ask', member.id, clock(), random));
  return { challenge, rpId: party.id, passkeys: await listHints(db, member.id) };
}

/** A session that has asked for the passkey just now, in the place of the one that had to. */
export async function finishAsking(
  actor: StaffActor,
  answer: PasskeyAnswer,
  party: RelyingParty,
  means: Means,
): Promise<Result<Session>> {
  const { db, member } = actor;
  const refused = fail(problem('passkey-refused'));
  const challenge = challengeIn(answer);
  if (challenge === null) return refused;
  const now = means.clock();
  const ours = await db.write((trx) => takeChallenge(trx, 'ask', member.id, challenge, now));
  const passkey = await db.read
    .selectFrom('passkeys')
    .select(['id', 'public_key', 'counter'])
    .where('id', '=', answer.id)
    .where('member_id', '=', member.id)
    .executeTakeFirst();
  if (!ours || passkey === undefined) return refused;
  const counter = await checkAnswer(answer, passkey, challenge, party);
  if (counter === null) return refused;
  const session = await db.write(async (trx) =>
    (await advanceCounter(trx, passkey, counter, now)) ? renewSession(trx, actor, means) : null,
  );
  return session === null ? refused : ok(session);
}
