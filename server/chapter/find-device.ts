import type { CompiledQuery } from 'kysely';
import type { DeviceId } from '#shared/kernel/ids.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import type { Registry } from '../store/registry.ts';
import type { DeviceActor } from './actor.ts';
import { readCredential } from './credential.ts';
import { isReadToken, readReadToken } from './read-tokens.ts';
import { standingOf } from './standing.ts';

function selectDevice(db: ChapterDb) {
  return db.read
    .selectFrom('devices')
    .innerJoin('members', 'members.id', 'devices.member_id')
    .select(['devices.key', 'devices.id as deviceId', 'devices.public_key', 'devices.grant_until'])
    .select(['devices.revoked_at', 'devices.lost_in_hand'])
    .select(['members.id', 'members.name', 'members.role', 'members.left_at']);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectDevice>['executeTakeFirstOrThrow']>>;

/** Each push asks this: writing the query anew would cost more than running it. */
const byToken = new WeakMap<ChapterDb, CompiledQuery<Row>>();

async function findByToken(db: ChapterDb, hash: Uint8Array): Promise<Row | undefined> {
  const known =
    byToken.get(db) ?? selectDevice(db).where('devices.token_hash', '=', hash).compile();
  byToken.set(db, known);
  const { rows } = await db.read.executeQuery<Row>({ ...known, parameters: [hash] });
  return rows[0];
}

function toActor(db: ChapterDb, may: DeviceActor['may'], row: Row): DeviceActor {
  return {
    kind: 'device',
    may,
    db,
    member: { id: row.id, name: row.name, role: row.role },
    deviceId: row.deviceId,
    deviceKey: row.key,
    standing: standingOf(row),
    publicKey: row.public_key,
    grantUntil: row.grant_until,
  };
}

async function findPusher(token: string, registry: Registry): Promise<DeviceActor | null> {
  const credential = readCredential(token);
  const db = credential === null ? null : await registry.openChapter(credential.chapterId);
  if (credential === null || db === null) return null;
  const row = await findByToken(db, credential.hash);
  return row === undefined ? null : toActor(db, 'push', row);
}

async function findReader(
  token: string,
  registry: Registry,
  now: number,
): Promise<DeviceActor | null> {
  const claim = readReadToken(token);
  const db = claim === null ? null : await registry.openChapter(claim.chapterId);
  if (claim === null || db === null) return null;
  const { secret } = await db.read.selectFrom('chapter').select('secret').executeTakeFirstOrThrow();
  if (!isReadToken(claim, secret, now)) return null;
  const row = await selectDevice(db)
    .where('devices.id', '=', claim.deviceId satisfies DeviceId)
    .executeTakeFirst();
  return row === undefined ? null : toActor(db, 'read', row);
}

/**
 * Whose phone a bearer token stands for: its own long one, which pushes, or a short one to read.
 * Null when it is unknown. One that was revoked is found too: it still brings what it holds.
 */
export async function findDevice(
  token: string,
  registry: Registry,
  now: number,
): Promise<DeviceActor | null> {
  return (await findPusher(token, registry)) ?? findReader(token, registry, now);
}
