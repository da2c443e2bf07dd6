import type { Transaction } from 'kysely';
import type { DeviceId, MemberId } from '#shared/kernel/ids.ts';
import type { Ports } from '../ports.ts';
import { GRANT_MS } from '../sync/grant.ts';
import type { Tables } from '../store/tables.ts';

export interface NewPhone {
  readonly deviceId: DeviceId;
  readonly memberId: MemberId;
  /** Of the token that it will push with. */
  readonly tokenHash: Uint8Array;
  /** Null for a phone of the first protocol: it pushes, and reads nothing before it has a key. */
  readonly publicKey: Uint8Array | null;
}

/** Adds a phone to the chapter and gives its key in the database. */
export async function addPhone(
  trx: Transaction<Tables>,
  { deviceId, memberId, tokenHash, publicKey }: NewPhone,
  now: number,
): Promise<number> {
  const { key } = await trx
    .insertInto('devices')
    .values({
      id: deviceId,
      token_hash: tokenHash,
      member_id: memberId,
      joined_at: now,
      last_seen_at: now,
      public_key: publicKey,
      grant_until: publicKey === null ? 0 : now + GRANT_MS,
    })
    .returning('key')
    .executeTakeFirstOrThrow();
  return key;
}

/** The key of the device with this id; null: the chapter has none. */
export async function findDeviceKey(
  trx: Transaction<Tables>,
  deviceId: DeviceId,
): Promise<number | null> {
  const found = trx.selectFrom('devices').select('key').where('id', '=', deviceId);
  return (await found.executeTakeFirst())?.key ?? null;
}

/**
 * Adds what stands for facts that somebody of the desk enters, their own or what a walker brought on
 * paper, and gives its key. Nobody ever sees its token: it pushes nothing by itself.
 */
export async function addEntered(
  trx: Transaction<Tables>,
  { deviceId, memberId }: Pick<NewPhone, 'deviceId' | 'memberId'>,
  enteredBy: MemberId,
  { clock, random }: Pick<Ports, 'clock' | 'random'>,
): Promise<number> {
  const phone = { deviceId, memberId, tokenHash: random(32), publicKey: null };
  const key = await addPhone(trx, phone, clock());
  await trx.updateTable('devices').set({ entered_by: enteredBy }).where('key', '=', key).execute();
  return key;
}
