import type { Kysely } from 'kysely';
import type { DeviceId } from '#shared/kernel/ids.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { fixedQuery } from '../store/fixed-query.ts';
import type { Registry } from '../store/registry.ts';
import type { Tables } from '../store/tables.ts';
import type { DeviceActor } from './actor.ts';
import { readCredential } from './credential.ts';
import { isReadToken, readReadToken } from './read-tokens.ts';
import { standingOf } from './standing.ts';

function selectDevice(db: Kysely<Tables>) {
  return db
    .selectFrom('devices')
    .innerJoin('members', 'members.id', 'devices.member_id')
    .select(['devices.key', 'devices.id as deviceId', 'devices.public_key', 'devices.grant_until'])
    .select(['devices.revoked_at', 'devices.lost_in_hand', 'devices.guard'])
    .select(['members.id', 'members.name', 'members.role', 'members.left_at']);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectDevice>['executeTakeFirstOrThrow']>>;

const findByToken = fixedQuery((db, { hash }: { readonly hash: Uint8Array }) =>
  selectDevice(db).where('devices.token_hash', '=', hash),
);

/** With what the token must be signed with. */
const findById = fixedQuery((db, { id }: { readonly id: DeviceId }) =>
  selectDevice(db)
    .innerJoin('chapter', (join) => join.onTrue())
    .select('chapter.secret')
    .where('devices.id', '=', id),
);

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
    guard: row.guard,
  };
}

/** The chapter, and where to look: in vain where it is not here, so that the refusal takes as long. */
async function findWhere(chapterId: string, registry: Registry) {
  const db = await registry.openChapter(chapterId);
  return { db, where: db ?? (await registry.standIn()) };
}

async function findPusher(token: string, registry: Registry): Promise<DeviceActor | null> {
  const credential = readCredential(token);
  if (credential === null) return null;
  const { db, where } = await findWhere(credential.chapterId, registry);
  if (where === null) return null;
  const [row] = await findByToken(where.read, { hash: credential.hash });
  return db === null || row === undefined ? null : toActor(db, 'push', row);
}

async function findReader(
  token: string,
  registry: Registry,
  now: number,
): Promise<DeviceActor | null> {
  const claim = readReadToken(token);
  if (claim === null) return null;
  const { db, where } = await findWhere(claim.chapterId, registry);
  if (where === null) return null;
  const [row] = await findById(where.read, { id: claim.deviceId });
  if (db === null || row === undefined || !isReadToken(claim, row.secret, now)) return null;
  return toActor(db, 'read', row);
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
