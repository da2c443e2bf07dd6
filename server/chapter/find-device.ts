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

async function findPusher(token: string, registry: Registry): Promise<DeviceActor | null> {
  const credential = readCredential(token);
  const db = credential === null ? null : await registry.openChapter(credential.chapterId);
  if (credential === null || db === null) return null;
  const [row] = await findByToken(db.read, { hash: credential.hash });
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
  const [row] = await findById(db.read, { id: claim.deviceId });
  if (row === undefined || !isReadToken(claim, row.secret, now)) return null;
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
