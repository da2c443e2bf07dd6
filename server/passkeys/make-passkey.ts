import type { Transaction } from 'kysely';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { MakePasskey, PasskeyMade } from '#shared/model/passkey.ts';
import { appendAudit, byMember } from '../audit/append-audit.ts';
import type { StaffActor } from '../chapter/actor.ts';
import { endSessions, needsPasskey, openSession, type Session } from '../chapter/sessions.ts';
import type { Ports } from '../ports.ts';
import type { Tables } from '../store/tables.ts';
import { challengeIn } from './check-answer.ts';
import { giveChallenge, takeChallenge } from './challenges.ts';
import { checkMade, type NewPasskey } from './check-made.ts';
import { listHints } from './list-passkeys.ts';
import type { RelyingParty } from './relying-party.ts';
import { writeUserHandle } from './user-handle.ts';

type Means = Pick<Ports, 'clock' | 'random'>;

/** More than anybody has pockets for. */
const MOST_PASSKEYS = 10;

/** What a browser needs to make a passkey for a member. */
export async function beginMaking(
  { db, member }: StaffActor,
  party: RelyingParty,
  { clock, random }: Means,
): Promise<MakePasskey> {
  const { name } = await db.read.selectFrom('chapter').select('name').executeTakeFirstOrThrow();
  const handle = writeUserHandle({ chapterId: db.id, memberId: member.id });
  return {
    challenge: await db.write((trx) => giveChallenge(trx, 'make', member.id, clock(), random)),
    rp: { id: party.id, name: 'Homeground' },
    user: {
      id: Buffer.from(handle).toString('base64url'),
      // What the browser shows where it lists passkeys: two chapters of one person differ.
      name: `${member.name}, ${name}`,
      displayName: member.name,
    },
    known: await listHints(db, member.id),
  };
}

/**
 * Whoever comes by an admin's link has lost their passkeys: these open nothing from now on, nor do
 * the codes that were printed with them. Who came by a code decides about them alone.
 */
async function dropLost(trx: Transaction<Tables>, actor: StaffActor, now: number): Promise<void> {
  const { member } = actor;
  const lost = await trx
    .deleteFrom('passkeys')
    .where('member_id', '=', member.id)
    .returning('name')
    .execute();
  await trx.deleteFrom('recovery_codes').where('member_id', '=', member.id).execute();
  for (const { name } of lost) {
    const details = { name, why: 'recovery' };
    const subject = member.id;
    const by = byMember(actor);
    await appendAudit(trx, { at: now, kind: 'passkey-removed', actor: by, subject, details });
  }
}

async function keep(
  trx: Transaction<Tables>,
  actor: StaffActor,
  made: NewPasskey & { readonly name: string },
  now: number,
): Promise<boolean> {
  const { member } = actor;
  const kept = await trx
    .insertInto('passkeys')
    .values({
      id: made.id,
      member_id: member.id,
      public_key: made.publicKey,
      counter: made.counter,
      transports: JSON.stringify(made.transports),
      name: made.name,
      created_at: now,
      last_used_at: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  if ((kept.numInsertedOrUpdatedRows ?? 0n) === 0n) return false;
  const by = byMember(actor);
  const details = { name: made.name };
  const subject = member.id;
  await appendAudit(trx, { at: now, kind: 'passkey-added', actor: by, subject, details });
  return true;
}

/**
 * Keeps a passkey that a browser has made. A session that came by a link or a code becomes one that
 * came by this passkey, with a token of its own, and the member's other ways in by links end.
 * Null: the session goes on as it is.
 */
export async function finishMaking(
  actor: StaffActor,
  made: PasskeyMade,
  party: RelyingParty,
  means: Means,
): Promise<Result<Session | null>> {
  const { db, member, how } = actor;
  const unmade = fail(problem('passkey-unmade'));
  const challenge = challengeIn(made);
  const now = means.clock();
  if (challenge === null) return unmade;
  if (!(await db.write((trx) => takeChallenge(trx, 'make', member.id, challenge, now)))) {
    return unmade;
  }
  const passkey = await checkMade(made, challenge, party);
  if (passkey === null) return unmade;
  const named = { ...passkey, name: made.name.trim() || 'Passkey' };
  return db.write(async (trx): Promise<Result<Session | null>> => {
    const keyless = needsPasskey(actor);
    if (keyless && how !== 'recovery') await dropLost(trx, actor, now);
    const { count } = await trx
      .selectFrom('passkeys')
      .select((row) => row.fn.countAll<number>().as('count'))
      .where('member_id', '=', member.id)
      .executeTakeFirstOrThrow();
    if (count >= MOST_PASSKEYS) {
      return fail(problem('not-valid', { reason: `you have ${MOST_PASSKEYS} passkeys already` }));
    }
    if (!(await keep(trx, actor, named, now))) return unmade;
    if (!keyless) return ok(null);
    await trx.deleteFrom('sign_in_links').where('member_id', '=', member.id).execute();
    await endSessions(trx, member.id);
    const who = { chapterId: db.id, memberId: member.id, how: 'passkey' } as const;
    return ok(await openSession(trx, who, means));
  });
}
