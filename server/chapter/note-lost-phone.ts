import type { Kysely } from 'kysely';
import type { DeviceId } from '#shared/kernel/ids.ts';
import type { SeqRange } from '#shared/sync/protocol.ts';
import { countRanges } from '#shared/sync/seq-ranges.ts';
import type { Tables } from '../store/tables.ts';

/**
 * Counts what is gone for good with a phone whose storage was cleared (P16): the numbers that it
 * gave out, as far as it ever said, less those that arrived; made between the last facts that came
 * and the last that was heard of it. Another phone says so, which proves nothing: the one that is
 * called lost keeps what it holds, and is lost no more as soon as it is heard of again.
 */
export async function noteLostPhone(trx: Kysely<Tables>, deviceId: DeviceId): Promise<void> {
  const device = await trx
    .selectFrom('devices')
    .leftJoin('device_epochs', (join) =>
      join
        .onRef('device_epochs.device_key', '=', 'devices.key')
        .onRef('device_epochs.db_epoch', '=', 'devices.db_epoch'),
    )
    .select(['devices.key', 'devices.max_local_seq', 'devices.joined_at', 'devices.last_seen_at'])
    .select(['device_epochs.have', 'device_epochs.last_at'])
    .where('devices.id', '=', deviceId)
    .executeTakeFirst();
  if (device === undefined) return;
  const received = countRanges(JSON.parse(device.have ?? '[]') as SeqRange[]);
  const count = (device.max_local_seq ?? 0) - received;
  if (count <= 0) return;
  await trx
    .updateTable('devices')
    .set({
      lost_count: count,
      lost_from: device.last_at ?? device.joined_at,
      lost_to: device.last_seen_at ?? device.joined_at,
      unsent: 0,
      unsent_since: null,
    })
    .where('key', '=', device.key)
    .execute();
}
