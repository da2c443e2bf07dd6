import type { Transaction } from 'kysely';
import { problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Waiting, WaitingAnswer } from '#shared/model/invite.ts';
import { type Credential, readCredential } from '../chapter/credential.ts';
import { readChapter } from '../chapter/read-chapter.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Tables } from '../store/tables.ts';
import type { InviteRow } from './find-invite.ts';
import { INVITE_LIFE } from './make-invite.ts';

export interface Newcomer {
  /** As they gave it. */
  readonly name: string;
  readonly publicKey: Uint8Array;
  /** What the phone will push with once it is let in; until then it opens nothing. */
  readonly credential: Credential;
  /** The phone of the chapter that it is already; null for a new one. */
  readonly deviceKey: number | null;
}

/**
 * Notes who has opened a remote invite, and gives the chapter its whole time anew to decide. There is no phone and no member yet, so that whatever it
 * asks for, nobody is asking: it waits for somebody to let it in.
 */
export async function holdBack(
  trx: Transaction<Tables>,
  invite: InviteRow,
  { name, publicKey, credential, deviceKey }: Newcomer,
  now: number,
): Promise<Waiting> {
  const until = now + INVITE_LIFE.remote;
  // A phone of the chapter may have waited before: it waits for this one now.
  await trx
    .updateTable('invites')
    .set({ phone_hash: null })
    .where('phone_hash', '=', credential.hash)
    .execute();
  await trx
    .updateTable('invites')
    .set({
      state: 'pending',
      given: name,
      public_key: publicKey,
      phone_hash: credential.hash,
      device_key: deviceKey,
      expires_at: until,
    })
    .where('id', '=', invite.id)
    .execute();
  const { name: chapterName } = await trx
    .selectFrom('chapter')
    .select('name')
    .executeTakeFirstOrThrow();
  return { waiting: { token: credential.token, chapterName, until } };
}

async function findOwn(token: string, ports: Ports) {
  const credential = readCredential(token);
  const db = credential === null ? null : await ports.registry.openChapter(credential.chapterId);
  return credential === null || db === null ? null : { db, hash: credential.hash };
}

async function readLetIn(db: ChapterDb, deviceKey: number, token: string) {
  const row = await db.read
    .selectFrom('devices')
    .innerJoin('members', 'members.id', 'devices.member_id')
    .select(['devices.id as deviceId', 'devices.grant_until as grantUntil'])
    .select(['members.id', 'members.name', 'members.role'])
    .where('devices.key', '=', deviceKey)
    .executeTakeFirstOrThrow();
  const { deviceId, grantUntil, ...member } = row;
  const { chapter, chapterKey } = await readChapter(db);
  return { deviceToken: token, grantUntil, chapterKey, deviceId, chapter, member };
}

/** How a phone stands that opened a remote invite. Any other token is refused like a bad code. */
export async function readWaiting(token: string, ports: Ports): Promise<Result<WaitingAnswer>> {
  const own = await findOwn(token, ports);
  if (own === null) return fail(problem('code-refused'));
  const { db, hash } = own;
  const invite = await db.read
    .selectFrom('invites')
    .select(['state', 'device_key', 'expires_at'])
    .where('phone_hash', '=', hash)
    .executeTakeFirst();
  if (invite === undefined) return fail(problem('code-refused'));
  if (invite.state === 'used' && invite.device_key !== null) {
    return ok({ state: 'let-in', joined: await readLetIn(db, invite.device_key, token) });
  }
  if (invite.state !== 'pending') return ok({ state: 'refused' });
  const late = invite.expires_at <= ports.clock();
  return ok(late ? { state: 'refused', late } : { state: 'waiting' });
}

/** The person does not want to wait any more. The link opens nothing for anybody else. */
export async function giveUp(token: string, ports: Ports): Promise<ChapterDb | null> {
  const own = await findOwn(token, ports);
  if (own === null) return null;
  const { db, hash } = own;
  await db.write((trx) =>
    trx
      .updateTable('invites')
      .set({ state: 'refused', decided_at: ports.clock() })
      .where('phone_hash', '=', hash)
      .where('state', '=', 'pending')
      .execute(),
  );
  return db;
}
