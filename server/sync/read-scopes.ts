import type { Kysely } from 'kysely';
import type { TurfId } from '#shared/kernel/ids.ts';
import type { Scope } from '#shared/sync/protocol.ts';
import { fixedQuery } from '../store/fixed-query.ts';
import type { Tables } from '../store/tables.ts';

interface Asked {
  readonly deviceKey: number;
  readonly now: number;
}

const selectAssigned = fixedQuery((db, { deviceKey, now }: Asked) =>
  db
    .selectFrom('assignments')
    .innerJoin('turfs', 'turfs.id', 'assignments.turf_id')
    .select(['turfs.id', 'turfs.version', 'assignments.until_at', 'assignments.ended_at'])
    .select((query) =>
      query
        .selectFrom('assignments as others')
        .select(({ fn }) => fn.countAll<number | string>().as('n'))
        .whereRef('others.turf_id', '=', 'assignments.turf_id')
        .where('others.device_key', '!=', deviceKey)
        .where('others.ended_at', 'is', null)
        .where('others.until_at', '>', now)
        .as('others'),
    )
    .where('assignments.device_key', '=', deviceKey)
    .orderBy('turfs.id'),
);

/**
 * How turfs stand for a phone: those that it holds now, and those of `asked` that it does not
 * hold. Nothing is held when `reads` is false. In the order of their ids.
 */
export async function readScopes(
  trx: Kysely<Tables>,
  device: { readonly deviceKey: number; readonly reads: boolean },
  asked: readonly TurfId[],
  now: number,
): Promise<Scope[]> {
  const rows = await selectAssigned(trx, { deviceKey: device.deviceKey, now });
  const scopes = new Map<TurfId, Scope>();
  for (const { id, version, until_at: until, ended_at: ended, others } of rows) {
    const held = device.reads && ended === null && until > now;
    if (held) {
      const shared = Number(others) > 0 ? { shared: true as const } : {};
      scopes.set(id, { id, version, state: 'held', until, ...shared });
    } else if (asked.includes(id) && !scopes.has(id))
      scopes.set(id, { id, version, state: 'ended' });
  }
  // A restore may have forgotten that it was ever handed out.
  for (const id of asked) {
    if (!scopes.has(id)) scopes.set(id, { id, version: 0, state: 'ended' });
  }
  return [...scopes.values()];
}
