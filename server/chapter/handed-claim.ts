import type { Transaction } from 'kysely';
import { canonicalJson } from '#shared/kernel/canonical.ts';
import { type DeviceId, isUuid, type MemberId, type TurfId } from '#shared/kernel/ids.ts';
import { problem, type Problem } from '#shared/kernel/problem.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { HandedAnswer, HandedClaim, HandedNote, PostHanded } from '#shared/model/handed.ts';
import { appendAudit, byMember } from '../audit/append-audit.ts';
import type { Ports } from '../ports.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { readSecret } from '../store/read-secret.ts';
import type { Tables } from '../store/tables.ts';
import { GRANT_MS } from '../sync/grant.ts';
import { addPhone } from './add-phone.ts';
import { hashSecret } from './credential.ts';
import { isSignedBy, readPublicKey } from './device-keys.ts';
import { HANDED_LIFE, isTrueNote } from './handed-note.ts';
import { handOut } from './hand-out.ts';
import { standingOf } from './standing.ts';

type Trx = Transaction<Tables>;

const DAY = 24 * 3_600_000;
/** So many phones may name one note: the one that walks, and those that a person looks at. */
const MOST_OF_NOTE = 5;
/** So many phones a day may walk by the word of one phone, and so many more be heard. */
const MOST_OF_GIVER = 8;
const MOST_HEARD = 32;

/**
 * After a turf was taken back its phone's word opens it for as long as a shift lasts: by then whoever
 * was handed it before has come home. What comes later may have been dated back; a person looks at it.
 */
const AFTER_END = 4 * 3_600_000;

const refused = problem('handed-refused');

async function findDevice(trx: Trx, id: string) {
  return trx
    .selectFrom('devices')
    .innerJoin('members', 'members.id', 'devices.member_id')
    .select(['devices.key', 'devices.public_key', 'devices.token_hash', 'devices.grant_until'])
    .select(['devices.revoked_at', 'devices.lost_in_hand', 'members.left_at'])
    .select(['members.id as memberId', 'members.name', 'members.role'])
    .where('devices.id', '=', id as DeviceId)
    .executeTakeFirst();
}

type Known = NonNullable<Awaited<ReturnType<typeof findDevice>>>;

const isSame = (one: Uint8Array | null, other: Uint8Array): boolean =>
  one !== null && Buffer.compare(one, other) === 0;

/** Of the note itself where a phone walks by it; of the note and the phone where it is only heard. */
const markOf = (note: HandedNote, deviceId = ''): Uint8Array =>
  hashSecret(`handed ${note.noteId} ${deviceId}`);

/**
 * Whether the giver walked the turf when it gave it away, by the server's time as far as its phone
 * knew it, and gives no more than anybody has need of. The note's time is the giver's own word: what
 * the server knows bounds it.
 */
async function mayGive(trx: Trx, note: HandedNote, giver: Known, now: number): Promise<boolean> {
  if (standingOf(giver) !== 'ok' || giver.memberId !== note.by) return false;
  const hold = await trx
    .selectFrom('assignments')
    .select('turf_id')
    .where('turf_id', '=', note.turfId as TurfId)
    .where('device_key', '=', giver.key)
    .where('until_at', '>=', Math.min(note.issuedAt, now))
    .where((or) =>
      or.or([
        or('ended_at', 'is', null),
        or('ended_at', '>=', Math.max(note.issuedAt, now - AFTER_END)),
      ]),
    )
    .executeTakeFirst();
  if (hold === undefined) return false;
  return (await countGiven(trx, note, ['used'], now)) < MOST_OF_GIVER;
}

/** How many phones came today by the word of this note's giver. */
async function countGiven(
  trx: Trx,
  { giver }: HandedNote,
  states: readonly ('used' | 'refused')[],
  now: number,
): Promise<number> {
  const { count } = await trx
    .selectFrom('invites')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('kind', '=', 'handed')
    .where('state', 'in', states)
    .where('replaces', '=', giver as DeviceId)
    .where('created_at', '>', now - DAY)
    .executeTakeFirstOrThrow();
  return count;
}

/** Whether the note still opens its turf, for one who has not come yet. */
async function opens(trx: Trx, note: HandedNote, giver: Known | undefined, now: number) {
  const { issuedAt, until } = note;
  if (now > Math.min(until, issuedAt + HANDED_LIFE)) return false;
  const turf = await trx
    .selectFrom('turfs')
    .select('id')
    .where('id', '=', note.turfId as TurfId)
    .where('state', '=', 'published')
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  if (turf === undefined) return false;
  const taken = await trx
    .selectFrom('invites')
    .select('id')
    .where('token_hash', '=', markOf(note))
    .executeTakeFirst();
  if (taken !== undefined) return false;
  return giver === undefined || mayGive(trx, note, giver, now);
}

/** The phone that came with the note, added where the chapter does not know it yet. */
async function takeIn(trx: Trx, claim: HandedClaim, known: Known | undefined, now: number) {
  if (known !== undefined) return known.key;
  const name = claim.name.trim();
  const member = { id: claim.memberId as MemberId, name, role: 'canvasser' as const };
  await trx
    .insertInto('members')
    .values({ ...member, created_at: now, left_at: null })
    .execute();
  const phone = {
    deviceId: claim.deviceId as DeviceId,
    memberId: member.id,
    tokenHash: Buffer.from(claim.tokenHash, 'hex'),
    publicKey: readPublicKey(claim.publicKey),
  };
  return addPhone(trx, phone, now);
}

/** A phone that is here already must be that phone; a new one must take nobody's place. */
async function isItself(trx: Trx, claim: HandedClaim, known: Known | undefined): Promise<boolean> {
  const tokenHash = Buffer.from(claim.tokenHash, 'hex');
  const key = readPublicKey(claim.publicKey);
  if (key === null || !isSignedBy(key, saidOf(claim), claim.signature)) return false;
  if (known !== undefined) {
    const same = isSame(known.token_hash, tokenHash) && isSame(known.public_key, key);
    return same && known.memberId === claim.memberId;
  }
  if (claim.name.trim() === '' || !isUuid(claim.deviceId) || !isUuid(claim.memberId)) return false;
  const member = await trx
    .selectFrom('members')
    .select('id')
    .where('id', '=', claim.memberId as MemberId)
    .executeTakeFirst();
  const token = await trx
    .selectFrom('devices')
    .select('key')
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst();
  return member === undefined && token === undefined && tokenHash.length === 32;
}

function saidOf(claim: HandedClaim): string {
  return canonicalJson({ ...claim, signature: undefined });
}

async function write(
  trx: Trx,
  claim: HandedClaim,
  { key, by, walks }: { readonly key: number; readonly by: MemberId; readonly walks: boolean },
  now: number,
): Promise<void> {
  const { note: given, deviceId, memberId, name } = claim;
  const turf = await trx
    .selectFrom('turfs')
    .select('id')
    .where('id', '=', given.turfId as TurfId)
    .executeTakeFirst();
  await trx
    .insertInto('invites')
    .values({
      id: walks ? given.noteId : `${given.noteId} ${deviceId}`,
      kind: 'handed',
      token_hash: markOf(given, walks ? '' : deviceId),
      code_hash: null,
      call_hash: null,
      turf_id: turf?.id ?? null,
      name: '',
      created_by: by,
      created_at: now,
      expires_at: now + HANDED_LIFE,
      state: walks ? 'used' : 'refused',
      device_key: key,
      replaces: given.giver as DeviceId | null,
      decided_at: now,
    })
    .execute();
  const member = { id: memberId as MemberId, name: name.trim(), role: 'canvasser' as const };
  const details = {
    name: member.name,
    turf: given.turfId,
    way: walks ? 'handed' : 'handed-late',
    phone: deviceId,
  };
  const actor = byMember({ member });
  await appendAudit(trx, { at: now, kind: 'joined', actor, subject: member.id, details });
}

async function claimOne(
  trx: Trx,
  claim: HandedClaim,
  secret: Uint8Array,
  now: number,
): Promise<HandedAnswer | Problem> {
  const { note: given, deviceId, memberId } = claim;
  const giver = given.giver === null ? undefined : await findDevice(trx, given.giver);
  const known = await findDevice(trx, deviceId);
  if (!isUuid(given.noteId) || !isTrueNote(given, secret, giver?.public_key ?? null))
    return refused;
  if (!(await isItself(trx, claim, known))) return refused;
  const answer = (walks: boolean): HandedAnswer => ({
    deviceId: deviceId as DeviceId,
    memberId: memberId as MemberId,
    standing: walks ? 'walks' : 'held',
    grantUntil: known?.grant_until ?? now + GRANT_MS,
  });
  const before = await trx
    .selectFrom('invites')
    .select(['state', 'device_key'])
    .where('kind', '=', 'handed')
    .where((or) => or.or([or('id', '=', given.noteId), or('id', 'like', `${given.noteId} %`)]))
    .execute();
  const own = before.find((one) => known !== undefined && one.device_key === known.key);
  if (own !== undefined) return answer(own.state === 'used');
  if (before.length >= MOST_OF_NOTE) return refused;
  const heard = giver === undefined ? 0 : await countGiven(trx, given, ['used', 'refused'], now);
  if (heard >= MOST_OF_GIVER + MOST_HEARD) return refused;
  const trusted = known === undefined || standingOf(known) === 'ok';
  const walks = trusted && (await opens(trx, given, giver, now));
  const key = await takeIn(trx, claim, known, now);
  if (walks) await handOut(trx, given.turfId as TurfId, key, now);
  const by = giver?.memberId ?? (given.by as MemberId);
  await write(trx, claim, { key, by, walks }, now);
  return answer(walks);
}

/**
 * Lets in a phone that was handed a turf without a network, at its first contact. The same claim again
 * is answered as before and does nothing. A true note whose place was taken, or that came too late,
 * lets the phone bring what it has and read nothing: a person looks at it. One that nobody of the
 * chapter signed, or that was changed, is refused. `before` are those who handed it on.
 */
export async function claimHanded(
  db: ChapterDb,
  { claim, before }: PostHanded,
  { clock }: Pick<Ports, 'clock'>,
): Promise<Result<HandedAnswer>> {
  const now = clock();
  const all = [...before, claim];
  if (all.some(({ note: { chapterId } }) => chapterId !== db.id)) return fail(refused);
  const secret = await readSecret(db.read);
  let last: HandedAnswer | Problem = refused;
  for (const one of all) {
    // Each stands for itself: one of those before that is not taken leaves its giver unknown.
    last = await db.write((trx) => claimOne(trx, one, secret, now));
  }
  return 'code' in last ? fail(last) : ok(last);
}
