import { makeId, type DeviceId, type MemberId } from '#shared/kernel/ids.ts';
import { problem, type Problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Join, Joined } from '#shared/model/chapter.ts';
import { readLaunchLetters } from '#shared/privacy/launch-letters.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Actor } from './actor.ts';
import { hashSecret, makeCredential, readCredential } from './credential.ts';
import { readChapter } from './read-chapter.ts';

/** How long a phone holds a turf that nobody takes back: the time after which MiniVAN's lists lapse. */
const ASSIGNMENT_LIFE = 30 * 24 * 3_600_000;

/** How long a phone may push without having been heard of in between (P14). */
export const GRANT_LIFE = 90 * 24 * 3_600_000;

interface Found {
  readonly db: ChapterDb;
  readonly column: 'token_hash' | 'code_hash';
  readonly hash: Uint8Array;
}

async function findCode(code: string, ports: Ports): Promise<Found | null> {
  const scanned = readCredential(code.trim());
  if (scanned !== null) {
    const db = await ports.registry.openChapter(scanned.chapterId);
    return db === null ? null : { db, column: 'token_hash', hash: scanned.hash };
  }
  const letters = readLaunchLetters(code);
  if (letters === null) return null;
  const hash = hashSecret(letters);
  const chapterId = ports.registry.chapterOfCode(hash, ports.clock());
  const db = chapterId === null ? null : await ports.registry.openChapter(chapterId);
  return db === null ? null : { db, column: 'code_hash', hash };
}

/**
 * Lets a phone walk the turf behind a code. A phone that this chapter knows already, `token` and
 * `known`, stays the same phone and member, so that what it has not sent yet stays its own.
 */
export async function joinTurf(
  wish: Join,
  known: { readonly actor: Actor; readonly token: string } | null,
  ports: Ports,
): Promise<Result<Joined>> {
  const refused = fail<Problem>(problem('code-refused'));
  const found = await findCode(wish.code, ports);
  if (found === null) return refused;
  const { db, column, hash } = found;
  const now = ports.clock();
  const name = wish.name.trim();
  if (name === '') return fail(problem('not-valid', { reason: 'the name is empty' }));
  const device =
    known?.actor.kind === 'device' && known.actor.db === db
      ? { actor: known.actor, token: known.token }
      : null;
  const credential = makeCredential(db.id, ports.random);
  const deviceId = device?.actor.deviceId ?? makeId<DeviceId>(now, ports.random);
  const member = device?.actor.member ?? {
    id: makeId<MemberId>(now, ports.random),
    name,
    role: 'canvasser' as const,
  };
  const joined = await db.write(async (trx) => {
    const launch = await trx
      .selectFrom('launch_codes')
      .innerJoin('turfs', 'turfs.id', 'launch_codes.turf_id')
      .select('turfs.id')
      .where(`launch_codes.${column}`, '=', hash)
      .where('launch_codes.expires_at', '>', now)
      .where('turfs.state', '=', 'published')
      .executeTakeFirst();
    if (launch === undefined) return false;
    let key = device?.actor.deviceKey;
    if (key === undefined) {
      await trx
        .insertInto('members')
        .values({ ...member, created_at: now, left_at: null })
        .execute();
      const made = await trx
        .insertInto('devices')
        .values({
          id: deviceId,
          token_hash: credential.hash,
          member_id: member.id,
          joined_at: now,
          last_seen_at: now,
          db_epoch: null,
          max_local_seq: null,
          unsent: null,
          revoked_at: null,
          grant_until: now + GRANT_LIFE,
        })
        .returning('key')
        .executeTakeFirstOrThrow();
      key = made.key;
    }
    await trx
      .updateTable('assignments')
      .set({ ended_at: now })
      .where('device_key', '=', key)
      .where('turf_id', '=', launch.id)
      .where('ended_at', 'is', null)
      .execute();
    await trx
      .insertInto('assignments')
      .values({
        turf_id: launch.id,
        device_key: key,
        from_at: now,
        until_at: now + ASSIGNMENT_LIFE,
        ended_at: null,
      })
      .onConflict((conflict) =>
        conflict.columns(['turf_id', 'device_key', 'from_at']).doUpdateSet({ ended_at: null }),
      )
      .execute();
    return true;
  });
  if (!joined) return refused;
  const { chapter, chapterKey } = await readChapter(db);
  const deviceToken = device?.token ?? credential.token;
  return ok({ deviceToken, grantUntil: now + GRANT_LIFE, chapterKey, deviceId, chapter, member });
}
