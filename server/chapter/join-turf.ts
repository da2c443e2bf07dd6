import type { Kysely } from 'kysely';
import { isUuid, makeId, type DeviceId, type MemberId, type TurfId } from '#shared/kernel/ids.ts';
import { problem, type Problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Join, Joined } from '#shared/model/chapter.ts';
import { readLaunchLetters } from '#shared/privacy/launch-letters.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Tables } from '../store/tables.ts';
import type { Actor, DeviceActor } from './actor.ts';
import { type Credential, hashSecret, makeCredential, readCredential } from './credential.ts';
import { readPublicKey } from './device-keys.ts';
import { GRANT_MS } from '../sync/grant.ts';
import { noteLostPhone } from './note-lost-phone.ts';
import { readChapter } from './read-chapter.ts';
import { endHolds } from './revoke-phone.ts';

/** How long a phone holds a turf that nobody takes back: the time after which MiniVAN's lists lapse. */
const ASSIGNMENT_LIFE = 30 * 24 * 3_600_000;

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
  const chapterId = await ports.registry.chapterOfCode(hash, ports.clock());
  const db = chapterId === null ? null : await ports.registry.openChapter(chapterId);
  return db === null ? null : { db, column: 'code_hash', hash };
}

type Trx = Kysely<Tables>;

/** The token that a phone came with, and whose it is: null for nobody's that the server knows. */
export interface CameWith {
  readonly actor: Actor | null;
  readonly token: string;
}

/** The phone that joins anew with its token, as long as it is still that phone. */
function findKnown(
  db: ChapterDb,
  publicKey: Uint8Array | null,
  known: CameWith | null,
): { readonly actor: DeviceActor; readonly token: string } | null {
  if (known?.actor?.kind !== 'device' || known.actor.may !== 'push') return null;
  const { actor, token } = known;
  if (actor.db !== db || actor.standing !== 'ok') return null;
  const other =
    publicKey !== null &&
    actor.publicKey !== null &&
    Buffer.compare(publicKey, actor.publicKey) !== 0;
  return other ? null : { actor, token };
}

/**
 * A token of this chapter that nobody has belongs to a phone that joined after the backup which the
 * chapter was restored from. It goes on with it, so that what it has not sent yet still arrives.
 */
function credentialFor(db: ChapterDb, came: CameWith | null, ports: Ports): Credential {
  const orphan = came?.actor === null ? readCredential(came.token) : null;
  if (came === null || orphan?.chapterId !== db.id) return makeCredential(db.id, ports.random);
  return { token: came.token, hash: orphan.hash };
}

async function findTurf(trx: Trx, { column, hash }: Found, now: number): Promise<TurfId | null> {
  const launch = await trx
    .selectFrom('launch_codes')
    .innerJoin('turfs', 'turfs.id', 'launch_codes.turf_id')
    .select('turfs.id')
    .where(`launch_codes.${column}`, '=', hash)
    .where('launch_codes.expires_at', '>', now)
    .where('turfs.state', '=', 'published')
    .executeTakeFirst();
  return launch?.id ?? null;
}

/** A phone walks one turf: taking one ends its hold on every other. */
async function assign(trx: Trx, turfId: TurfId, deviceKey: number, now: number): Promise<void> {
  await endHolds(trx, deviceKey, now).execute();
  await trx
    .insertInto('assignments')
    .values({
      turf_id: turfId,
      device_key: deviceKey,
      from_at: now,
      until_at: now + ASSIGNMENT_LIFE,
      ended_at: null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['turf_id', 'device_key', 'from_at'])
        .doUpdateSet({ ended_at: null, purged_at: null }),
    )
    .execute();
}

/**
 * Lets a phone walk the turf behind a code. A phone that this chapter knows already, by the token
 * that it came with, stays the same phone and member, so that what it has not sent yet stays its own; one that
 * was revoked, or comes with another key, is a new phone.
 */
export async function joinTurf(
  wish: Join,
  known: CameWith | null,
  ports: Ports,
): Promise<Result<Joined>> {
  const refused = fail<Problem>(problem('code-refused'));
  const found = await findCode(wish.code, ports);
  if (found === null) return refused;
  const { db } = found;
  const now = ports.clock();
  const name = wish.name.trim();
  if (name === '') return fail(problem('not-valid', { reason: 'the name is empty' }));
  const publicKey = wish.publicKey === undefined ? null : readPublicKey(wish.publicKey);
  if (wish.publicKey !== undefined && publicKey === null) {
    return fail(problem('not-valid', { reason: 'this is no P-256 key' }));
  }
  const device = findKnown(db, publicKey, known);
  const credential = credentialFor(db, known, ports);
  const deviceId = device?.actor.deviceId ?? makeId<DeviceId>(now, ports.random);
  const member = device?.actor.member ?? {
    id: makeId<MemberId>(now, ports.random),
    name,
    role: 'canvasser' as const,
  };
  const grantUntil = now + GRANT_MS;

  async function addDevice(trx: Trx): Promise<number> {
    await trx
      .insertInto('members')
      .values({ ...member, created_at: now, left_at: null })
      .execute();
    const { key } = await trx
      .insertInto('devices')
      .values({
        id: deviceId,
        token_hash: credential.hash,
        member_id: member.id,
        joined_at: now,
        last_seen_at: now,
        public_key: publicKey,
        grant_until: publicKey === null ? 0 : grantUntil,
      })
      .returning('key')
      .executeTakeFirstOrThrow();
    return key;
  }

  async function prolong(trx: Trx, actor: DeviceActor): Promise<number> {
    const key = actor.publicKey ?? publicKey;
    await trx
      .updateTable('devices')
      .set({ public_key: key, grant_until: key === null ? 0 : grantUntil, purged_at: null })
      .where('key', '=', actor.deviceKey)
      .execute();
    return actor.deviceKey;
  }

  const joined = await db.write(async (trx) => {
    const turfId = await findTurf(trx, found, now);
    if (turfId === null) return false;
    const key = device === null ? await addDevice(trx) : await prolong(trx, device.actor);
    if (isUuid(wish.lostDeviceId) && wish.lostDeviceId !== deviceId) {
      await noteLostPhone(trx, wish.lostDeviceId as DeviceId);
    }
    await assign(trx, turfId, key, now);
    return true;
  });
  if (!joined) return refused;
  const { chapter, chapterKey } = await readChapter(db);
  const deviceToken = device?.token ?? credential.token;
  return ok({ deviceToken, grantUntil, chapterKey, deviceId, chapter, member });
}
