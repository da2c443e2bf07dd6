import type { Selectable, Transaction } from 'kysely';
import { callLetters, readLaunchLetters } from '#shared/privacy/launch-letters.ts';
import { hashSecret, readCredential } from '../chapter/credential.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Tables } from '../store/tables.ts';
import { countRefusal, isUnderAttack } from './count-refusals.ts';

/** S-1: wrong second halves that a typed code outlives. */
const MOST_TRIES = 5;

/** What somebody scanned or typed, and the chapter that it may belong to. */
export interface Shown {
  readonly db: ChapterDb;
  readonly way: 'scanned' | 'typed';
  /** Of the token, or of all ten letters. */
  readonly hash: Uint8Array;
  /** Of the first five letters. */
  readonly call: Uint8Array;
}

export type InviteRow = Selectable<Tables['invites']>;

/** The chapter that a code names; null for what names none, without asking any chapter. */
export async function readShown(code: string, ports: Ports): Promise<Shown | null> {
  const scanned = readCredential(code.trim());
  if (scanned !== null) {
    const db = await ports.registry.openChapter(scanned.chapterId);
    const { hash } = scanned;
    return db === null ? null : { db, way: 'scanned', hash, call: hash };
  }
  const letters = readLaunchLetters(code);
  if (letters === null) return null;
  const call = hashSecret(callLetters(letters));
  const chapterId = await ports.registry.chapterOfCode(call, ports.clock());
  const db = chapterId === null ? null : await ports.registry.openChapter(chapterId);
  return db === null ? null : { db, way: 'typed', hash: hashSecret(letters), call };
}

function isSame(a: Uint8Array | null, b: Uint8Array): boolean {
  return a !== null && Buffer.compare(a, b) === 0;
}

async function isUsable(trx: Transaction<Tables>, invite: InviteRow, now: number) {
  if (invite.state !== 'open' || invite.expires_at <= now) return false;
  if (invite.kind === 'demo') {
    const { demo } = await trx.selectFrom('chapter').select('demo').executeTakeFirstOrThrow();
    if (demo !== 1) return false;
  } else if (isGuessedAway(invite)) return false;
  if (invite.turf_id === null) return invite.kind === 'remote';
  const turf = await trx
    .selectFrom('turfs')
    .select('id')
    .where('id', '=', invite.turf_id)
    .where('state', '=', 'published')
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  return turf !== undefined;
}

/** What can be seen of an open code of the table: that its letters were guessed at too often. */
export function isGuessedAway({ tries }: Pick<InviteRow, 'tries'>): boolean {
  return tries >= MOST_TRIES;
}

/**
 * The invite that a code opens now; null for any other, which is counted, however it is bad. Inside
 * the chapter's one write transaction: two phones that come with the same code come one after the
 * other. While somebody guesses, typed codes are refused; what is scanned cannot be guessed.
 */
export async function findInvite(
  trx: Transaction<Tables>,
  { way, hash, call }: Shown,
  now: number,
): Promise<InviteRow | null> {
  const typed = way === 'typed';
  const invite = await trx
    .selectFrom('invites')
    .selectAll()
    .where(typed ? 'call_hash' : 'token_hash', '=', typed ? call : hash)
    .executeTakeFirst();
  const blocked = typed && (await isUnderAttack(trx, now));
  const right = invite !== undefined && isSame(typed ? invite.code_hash : hash, hash);
  if (right && !blocked && (await isUsable(trx, invite, now))) return invite;
  await countRefusal(trx, now);
  if (invite !== undefined && !right) {
    await trx
      .updateTable('invites')
      .set((row) => ({ tries: row('tries', '+', 1) }))
      .where('id', '=', invite.id)
      .execute();
  }
  return null;
}
