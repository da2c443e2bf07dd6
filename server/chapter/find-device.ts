import type { Registry } from '../store/registry.ts';
import type { DeviceActor } from './actor.ts';
import { readCredential } from './credential.ts';

/** Whose phone a bearer token stands for; null when it is unknown or revoked. */
export async function findDevice(token: string, registry: Registry): Promise<DeviceActor | null> {
  const credential = readCredential(token);
  const db = credential === null ? null : await registry.openChapter(credential.chapterId);
  if (credential === null || db === null) return null;
  const row = await db.read
    .selectFrom('devices')
    .innerJoin('members', 'members.id', 'devices.member_id')
    .select(['devices.key', 'devices.id as deviceId', 'members.id', 'members.name', 'members.role'])
    .where('devices.token_hash', '=', credential.hash)
    .where('devices.revoked_at', 'is', null)
    .where('members.left_at', 'is', null)
    .executeTakeFirst();
  if (row === undefined) return null;
  const member = { id: row.id, name: row.name, role: row.role };
  return { kind: 'device', db, member, deviceId: row.deviceId, deviceKey: row.key };
}
