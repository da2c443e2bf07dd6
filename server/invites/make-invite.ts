import type { Transaction } from 'kysely';
import { type DeviceId, type Id, makeId, type MemberId, type TurfId } from '#shared/kernel/ids.ts';
import {
  callLetters,
  makeLaunchLetters,
  showLaunchLetters,
} from '#shared/privacy/launch-letters.ts';
import { hashSecret, makeCredential } from '../chapter/credential.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Tables } from '../store/tables.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How long an invite waits for somebody, in ms. The demo's lasts as long as it may be left running. */
export const INVITE_LIFE = { qr: 10 * MINUTE, remote: 3 * DAY, demo: 30 * DAY } as const;
/** Of what was used, so that a page can say who joined; the audit chain says it for ever. */
const REMEMBERED = 30 * DAY;
/** Codes that open something at one time. A table with five queues shows five. */
const MOST_OPEN = 200;
/** First halves of two codes are the same once in some 30 million. */
const MOST_DRAWS = 5;

export interface InviteWish {
  readonly kind: keyof typeof INVITE_LIFE;
  /** Null for a remote one: whoever lets the phone in chooses it. */
  readonly turfId: TurfId | null;
  readonly by: MemberId;
  readonly name?: string;
  readonly replaces?: DeviceId;
}

/** An invite's secrets, which are told once and kept as hashes. */
export interface MadeInvite {
  readonly id: string;
  readonly token: string;
  /** For typing; null for a remote one, which travels as a link alone. */
  readonly code: string | null;
  readonly expiresAt: number;
}

/** Letters whose first half no other code of this server has now; the registry knows their chapter. */
async function drawLetters(db: ChapterDb, expiresAt: number, ports: Ports): Promise<string> {
  const now = ports.clock();
  await ports.registry.dropExpiredCodes(now);
  for (let draw = 1; ; draw++) {
    const letters = makeLaunchLetters(ports.random(10));
    const call = hashSecret(callLetters(letters));
    if ((await ports.registry.chapterOfCode(call, now)) !== null) continue;
    try {
      await ports.registry.addCode(call, db.id, expiresAt);
      return letters;
    } catch (error) {
      // Another process may have drawn the same meanwhile.
      if (draw >= MOST_DRAWS) throw error;
    }
  }
}

async function tidy(trx: Transaction<Tables>, now: number): Promise<void> {
  await trx
    .deleteFrom('invites')
    .where('state', '=', 'open')
    .where('expires_at', '<=', now)
    .execute();
  await trx
    .deleteFrom('invites')
    .where('state', '!=', 'open')
    .where('expires_at', '<=', now - REMEMBERED)
    .execute();
  const last = await trx
    .selectFrom('invites')
    .select('created_at')
    .where('state', '=', 'open')
    .where('kind', '=', 'qr')
    .orderBy('created_at', 'desc')
    .offset(MOST_OPEN - 1)
    .limit(1)
    .executeTakeFirst();
  if (last === undefined) return;
  await trx
    .deleteFrom('invites')
    .where('state', '=', 'open')
    .where('kind', '=', 'qr')
    .where('created_at', '<=', last.created_at)
    .execute();
}

/**
 * Makes an invite that one phone can use once; `demo` ones as often as they like. `also` writes in
 * the same transaction, before it.
 */
export async function makeInvite(
  db: ChapterDb,
  wish: InviteWish,
  ports: Ports,
  also: (trx: Transaction<Tables>, made: MadeInvite) => Promise<void> = () => Promise.resolve(),
): Promise<MadeInvite> {
  const now = ports.clock();
  const expiresAt = now + INVITE_LIFE[wish.kind];
  const { token, hash } = makeCredential(db.id, ports.random);
  const letters = wish.kind === 'remote' ? null : await drawLetters(db, expiresAt, ports);
  const id = makeId<Id<'invite'>>(now, ports.random);
  const code = letters === null ? null : showLaunchLetters(letters);
  const made = { id, token, code, expiresAt };
  await db.write(async (trx) => {
    await tidy(trx, now);
    await also(trx, made);
    await trx
      .insertInto('invites')
      .values({
        id,
        kind: wish.kind,
        token_hash: hash,
        code_hash: letters === null ? null : hashSecret(letters),
        call_hash: letters === null ? null : hashSecret(callLetters(letters)),
        turf_id: wish.turfId,
        name: wish.name ?? '',
        replaces: wish.replaces ?? null,
        created_by: wish.by,
        created_at: now,
        expires_at: expiresAt,
        state: 'open',
      })
      .execute();
  });
  return made;
}
