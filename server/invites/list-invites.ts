import type { Invites } from '#shared/model/invite.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { isGuessedAway } from './find-invite.ts';

/** Who joined is shown at the table for so long. */
const JUST_NOW = 15 * 60_000;

/** Who is on the way in: links and who waits behind them, codes of the table, who has just joined. */
export async function listInvites(db: ChapterDb, now: number): Promise<Invites> {
  const remote = await db.read
    .selectFrom('invites')
    .innerJoin('members', 'members.id', 'invites.created_by')
    .select(['invites.id', 'invites.name', 'invites.given', 'invites.state'])
    .select(['invites.expires_at as expiresAt', 'members.name as by'])
    .where('invites.kind', '=', 'remote')
    .where('invites.state', 'in', ['open', 'pending'])
    .where('invites.expires_at', '>', now)
    .orderBy('invites.created_at')
    .orderBy('invites.id')
    .execute();
  const open = await db.read
    .selectFrom('invites')
    .select(['id', 'tries'])
    .where('kind', '=', 'qr')
    .where('state', '=', 'open')
    .where('expires_at', '>', now)
    .execute();
  const joined = await db.read
    .selectFrom('invites')
    .innerJoin('devices', 'devices.key', 'invites.device_key')
    .innerJoin('members', 'members.id', 'devices.member_id')
    .select(['invites.id', 'invites.turf_id as turfId', 'invites.decided_at as at'])
    .select('members.name as memberName')
    .where('invites.state', '=', 'used')
    .where('invites.decided_at', '>', now - JUST_NOW)
    .orderBy('invites.decided_at', 'desc')
    .orderBy('invites.id', 'desc')
    .execute();
  return {
    remote: remote.map(({ state, ...one }) => ({
      ...one,
      state: state === 'open' ? 'open' : 'waiting',
    })),
    open: open.filter((one) => !isGuessedAway(one)).map(({ id }) => id),
    joined: joined.flatMap(({ turfId, at, ...one }) =>
      turfId === null || at === null ? [] : [{ ...one, turfId, at }],
    ),
  };
}
