import type { MemberId } from '#shared/kernel/ids.ts';
import { problem, type Problem } from '#shared/kernel/problem.ts';
import type { RandomBytes } from '#shared/kernel/random.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Registry } from '../store/registry.ts';
import type { StaffActor } from './actor.ts';
import { makeCredential, readCredential } from './credential.ts';

const HOUR = 3_600_000;
/** A session ends after this long without use, and at the latest after SESSION_DAYS. */
const SESSION_IDLE = 12 * HOUR;
const SESSION_LIFE = 7 * 24 * HOUR;
/** A session is prolonged at most this often, so that reading does not always write. */
const PROLONG_EVERY = 15 * 60_000;

export interface Session {
  readonly token: string;
  readonly db: ChapterDb;
  readonly memberId: MemberId;
  readonly expiresAt: number;
}

interface Means {
  readonly registry: Registry;
  readonly clock: () => number;
  readonly random: RandomBytes;
}

/** Turns the token of a staff link into a session. A link that is not reusable works once. */
export async function signIn(token: string, means: Means): Promise<Result<Session>> {
  const refused = fail<Problem>(problem('link-refused'));
  const link = readCredential(token);
  const db = link === null ? null : await means.registry.openChapter(link.chapterId);
  if (link === null || db === null) return refused;
  const now = means.clock();
  const session = makeCredential(db.id, means.random);
  const expiresAt = now + SESSION_IDLE;
  const memberId = await db.write(async (trx) => {
    const found = await trx
      .updateTable('sign_in_links')
      .set({ used_at: now })
      .where('token_hash', '=', link.hash)
      .where('expires_at', '>', now)
      .where((where) => where.or([where('used_at', 'is', null), where('reusable', '=', 1)]))
      .returning('member_id')
      .executeTakeFirst();
    if (found === undefined) return null;
    const member = await trx
      .selectFrom('members')
      .select('id')
      .where('id', '=', found.member_id)
      .where('left_at', 'is', null)
      .executeTakeFirst();
    if (member === undefined) return null;
    await trx
      .insertInto('sessions')
      .values({
        token_hash: session.hash,
        member_id: member.id,
        created_at: now,
        expires_at: expiresAt,
      })
      .execute();
    await trx.deleteFrom('sessions').where('expires_at', '<=', now).execute();
    return member.id;
  });
  if (memberId === null) return refused;
  return ok({ token: session.token, db, memberId, expiresAt });
}

/** Who a session's cookie stands for; null when it is unknown, over, or the member has left. */
export async function findStaff(
  token: string,
  means: Means,
): Promise<{ actor: StaffActor; prolonged: boolean } | null> {
  const credential = readCredential(token);
  const db = credential === null ? null : await means.registry.openChapter(credential.chapterId);
  if (credential === null || db === null) return null;
  const now = means.clock();
  const row = await db.read
    .selectFrom('sessions')
    .innerJoin('members', 'members.id', 'sessions.member_id')
    .select([
      'members.id',
      'members.name',
      'members.role',
      'sessions.created_at',
      'sessions.expires_at',
    ])
    .where('sessions.token_hash', '=', credential.hash)
    .where('sessions.expires_at', '>', now)
    .where('members.left_at', 'is', null)
    .executeTakeFirst();
  if (row === undefined) return null;
  const expiresAt = Math.min(now + SESSION_IDLE, row.created_at + SESSION_LIFE);
  const prolonged = expiresAt - row.expires_at > PROLONG_EVERY;
  if (prolonged) {
    await db.write((trx) =>
      trx
        .updateTable('sessions')
        .set({ expires_at: expiresAt })
        .where('token_hash', '=', credential.hash)
        .execute(),
    );
  }
  const member = { id: row.id, name: row.name, role: row.role };
  return { actor: { kind: 'staff', db, member, sessionHash: credential.hash }, prolonged };
}

/** Whether a request that goes on for long may still do so. Does not prolong the session. */
export async function isStillSignedIn(actor: StaffActor, now: number): Promise<boolean> {
  const row = await actor.db.read
    .selectFrom('sessions')
    .innerJoin('members', 'members.id', 'sessions.member_id')
    .select('members.role')
    .where('sessions.token_hash', '=', actor.sessionHash)
    .where('sessions.expires_at', '>', now)
    .where('members.left_at', 'is', null)
    .executeTakeFirst();
  return row?.role === actor.member.role;
}

/** Ends a session at once. */
export async function signOut(actor: StaffActor): Promise<void> {
  await actor.db.write((trx) =>
    trx.deleteFrom('sessions').where('token_hash', '=', actor.sessionHash).execute(),
  );
}
