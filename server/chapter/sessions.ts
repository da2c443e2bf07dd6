import type { Transaction } from 'kysely';
import type { ChapterId, MemberId } from '#shared/kernel/ids.ts';
import type { RandomBytes } from '#shared/kernel/random.ts';
import { appendAudit, byMember } from '../audit/append-audit.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Registry } from '../store/registry.ts';
import type { Tables } from '../store/tables.ts';
import type { StaffActor } from './actor.ts';
import { makeCredential, readCredential } from './credential.ts';
import { nameBrowser } from './name-browser.ts';

const HOUR = 3_600_000;
/** A session ends after this long without use, and at the latest after SESSION_LIFE. */
const SESSION_IDLE = 12 * HOUR;
const SESSION_LIFE = 7 * 24 * HOUR;
/** Long enough to make a passkey; nothing else can be done without one. */
const KEYLESS_LIFE = HOUR;
/** A session is prolonged at most this often, so that reading does not always write. */
const PROLONG_EVERY = 15 * 60_000;
/** Requests that were under way when a session got another token still end with the old one. */
const OVERLAP = 30_000;

export interface Session {
  readonly token: string;
  readonly memberId: MemberId;
  readonly expiresAt: number;
}

interface Means {
  readonly registry: Registry;
  readonly clock: () => number;
  readonly random: RandomBytes;
}

type How = NonNullable<StaffActor['how']>;

/**
 * True for a session that opens one thing only: the making of a passkey. Whoever came by a link or
 * by a recovery code has shown something that can be copied.
 */
export function needsPasskey({ demo, how }: Pick<StaffActor, 'demo' | 'how'>): boolean {
  return !demo && how !== 'passkey';
}

/** A new session with a token of its own, and the end of those whose time is over. */
export async function openSession(
  trx: Transaction<Tables>,
  who: { readonly chapterId: ChapterId; readonly memberId: MemberId; readonly how: How },
  { clock, random }: Pick<Means, 'clock' | 'random'>,
): Promise<Session> {
  const now = clock();
  const { token, hash } = makeCredential(who.chapterId, random);
  const { demo } = await trx.selectFrom('chapter').select('demo').executeTakeFirstOrThrow();
  const keyless = needsPasskey({ demo: demo === 1, how: who.how });
  const expiresAt = now + (keyless ? KEYLESS_LIFE : SESSION_IDLE);
  await trx.deleteFrom('sessions').where('expires_at', '<=', now).execute();
  await trx
    .insertInto('sessions')
    .values({
      token_hash: hash,
      member_id: who.memberId,
      created_at: now,
      expires_at: expiresAt,
      how: who.how,
      // To come in by a passkey is to be asked for it.
      asked_at: who.how === 'passkey' ? now : null,
      seen_at: now,
    })
    .execute();
  return { token, memberId: who.memberId, expiresAt };
}

/** The same member goes on with a new token that has shown the passkey; the old one runs out. */
export async function renewSession(
  trx: Transaction<Tables>,
  { db, member, sessionHash }: StaffActor,
  means: Pick<Means, 'clock' | 'random'>,
): Promise<Session> {
  const endsAt = means.clock() + OVERLAP;
  await trx
    .updateTable('sessions')
    // Its life is over then, so that no request prolongs it.
    .set({ expires_at: endsAt, created_at: endsAt - SESSION_LIFE })
    .where('token_hash', '=', sessionHash)
    .execute();
  const who = { chapterId: db.id, memberId: member.id, how: 'passkey' } as const;
  return openSession(trx, who, means);
}

/** Ends every session of a member but one, and gives how many there were. */
export async function endSessions(
  trx: Transaction<Tables>,
  memberId: MemberId,
  except: Uint8Array | null = null,
): Promise<number> {
  let gone = trx.deleteFrom('sessions').where('member_id', '=', memberId);
  if (except !== null) gone = gone.where('token_hash', '!=', except);
  return Number((await gone.executeTakeFirst()).numDeletedRows);
}

function findSession(db: ChapterDb, hash: Uint8Array, now: number) {
  return (
    db.read
      .selectFrom('sessions')
      .innerJoin('members', 'members.id', 'sessions.member_id')
      .innerJoin('chapter', (join) => join.onTrue())
      .select(['members.id', 'members.name', 'members.role', 'chapter.demo'])
      .select(['sessions.created_at', 'sessions.expires_at', 'sessions.how', 'sessions.asked_at'])
      .select(['sessions.device', 'sessions.seen_at'])
      .where('sessions.token_hash', '=', hash)
      .where('sessions.expires_at', '>', now)
      .where('members.left_at', 'is', null)
      // A canvasser's rights are those of a phone.
      .where('members.role', '!=', 'canvasser')
      .executeTakeFirst()
  );
}

/**
 * Who a session's cookie stands for; null when it is unknown, over, or the member has left. Notes
 * now and then when it was used, and by which browser, for its owner.
 */
export async function findStaff(
  token: string,
  means: Means,
  userAgent?: string,
): Promise<{ actor: StaffActor; prolonged: boolean } | null> {
  const credential = readCredential(token);
  if (credential === null) return null;
  const { registry, clock } = means;
  const now = clock();
  const db = await registry.openChapter(credential.chapterId);
  // Whether the chapter is on this server is not to be told from how long a refusal takes.
  const where = db ?? (await registry.standIn());
  const row = where === null ? undefined : await findSession(where, credential.hash, now);
  if (db === null || row === undefined) return null;
  const known = { demo: row.demo === 1, how: row.how };
  const life = needsPasskey(known) ? KEYLESS_LIFE : SESSION_LIFE;
  const expiresAt = Math.min(now + SESSION_IDLE, row.created_at + life);
  if (expiresAt <= now) return null;
  const prolonged = expiresAt - row.expires_at > PROLONG_EVERY;
  const device = nameBrowser(userAgent) ?? row.device;
  if (prolonged || device !== row.device || now - (row.seen_at ?? 0) > PROLONG_EVERY) {
    await db.write((trx) =>
      trx
        .updateTable('sessions')
        .set({ ...(prolonged && { expires_at: expiresAt }), device, seen_at: now })
        .where('token_hash', '=', credential.hash)
        .execute(),
    );
  }
  const member = { id: row.id, name: row.name, role: row.role };
  const session = { sessionHash: credential.hash, askedAt: row.asked_at, ...known };
  return { actor: { kind: 'staff', db, member, ...session }, prolonged };
}

/** Whether a request that goes on for long may still do so. Does not prolong the session. */
export async function isStillSignedIn(actor: StaffActor, now: number): Promise<boolean> {
  const row = await findSession(actor.db, actor.sessionHash, now);
  return row?.role === actor.member.role;
}

/** Ends a session at once, or with `everywhere` all that the member has. */
export async function signOut(actor: StaffActor, everywhere: boolean, now: number): Promise<void> {
  const { db, member, sessionHash } = actor;
  await db.write(async (trx) => {
    if (everywhere) await endSessions(trx, member.id);
    else await trx.deleteFrom('sessions').where('token_hash', '=', sessionHash).execute();
    const details = { everywhere };
    await appendAudit(trx, { at: now, kind: 'signed-out', actor: byMember(actor), details });
  });
}
