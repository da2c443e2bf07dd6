import type { Transaction } from 'kysely';
import type { MemberId } from '#shared/kernel/ids.ts';
import type { RandomBytes } from '#shared/kernel/random.ts';
import { hashSecret } from '../chapter/credential.ts';
import type { Tables } from '../store/tables.ts';

/** How long somebody may look for their key. */
export const CHALLENGE_LIFE = 5 * 60_000;

/** `make`: a new passkey is asked for; `ask`: one that a signed-in member has. */
export type Purpose = 'make' | 'ask';

const forget = (trx: Transaction<Tables>, now: number) =>
  trx.deleteFrom('challenges').where('expires_at', '<=', now).execute();

/** A challenge for one member, base64url. Kept as a hash: a stolen copy of the database answers none. */
export async function giveChallenge(
  trx: Transaction<Tables>,
  purpose: Purpose,
  memberId: MemberId,
  now: number,
  random: RandomBytes,
): Promise<string> {
  await forget(trx, now);
  const challenge = Buffer.from(random(32)).toString('base64url');
  await trx
    .insertInto('challenges')
    .values({
      hash: hashSecret(challenge),
      purpose,
      member_id: memberId,
      expires_at: now + CHALLENGE_LIFE,
    })
    .execute();
  return challenge;
}

/** True once for a challenge that was given to this member for this purpose and has not lapsed. */
export async function takeChallenge(
  trx: Transaction<Tables>,
  purpose: Purpose,
  memberId: MemberId,
  challenge: string,
  now: number,
): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('challenges')
    .where('hash', '=', hashSecret(challenge))
    .where('purpose', '=', purpose)
    .where('member_id', '=', memberId)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** True for the first who uses a challenge that was given before anybody was known. */
export async function spendChallenge(
  trx: Transaction<Tables>,
  memberId: MemberId,
  challenge: string,
  now: number,
): Promise<boolean> {
  await forget(trx, now);
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('challenges')
    .values({
      hash: hashSecret(challenge),
      purpose: 'spent',
      member_id: memberId,
      // No challenge lives longer, so a spent one cannot come back when its mark is gone.
      expires_at: now + CHALLENGE_LIFE,
    })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}
