import { type Transaction, sql } from 'kysely';
import { effectiveFacts } from '#shared/canvass/effective-facts.ts';
import { formatUuid, type TurfId } from '#shared/kernel/ids.ts';
import type { Packet } from '#shared/model/packet.ts';
import { fixedQuery } from '../store/fixed-query.ts';
import type { Tables } from '../store/tables.ts';
import { readLogged } from '../sync/read-logged.ts';

interface OfTurf {
  readonly turfId: TurfId;
}

/** The doors of a turf's buildings that it does not hold. */
const selectBeside = fixedQuery((db, { turfId }: OfTurf) =>
  db
    .selectFrom('doors')
    .innerJoin('buildings', 'buildings.key', 'doors.building_key')
    .leftJoin('door_opt_outs', 'door_opt_outs.door_key', 'doors.key')
    .select(['doors.key', 'doors.id', 'buildings.id as buildingId', 'doors.unit'])
    .select([
      sql<number>`case when door_opt_outs.at is not null or exists (select 1 from people asked
        join opt_outs on opt_outs.person_key = asked.key where asked.door_key = doors.key)
        then 1 else 0 end`.as('asked'),
      sql<number>`case when exists (select 1 from turf_doors other
        join turfs on turfs.id = other.turf_id and turfs.closed_at is null
          and turfs.state = 'published'
        where other.door_key = doors.key and other.removed_seq is null)
        then 1 else 0 end`.as('held'),
    ])
    .where('doors.building_key', 'in', (of) =>
      of
        .selectFrom('turf_doors')
        .innerJoin('doors as own', 'own.key', 'turf_doors.door_key')
        .select('own.building_key')
        .where('turf_doors.turf_id', '=', turfId)
        .where('turf_doors.removed_seq', 'is', null),
    )
    .where('doors.key', 'not in', (of) =>
      of
        .selectFrom('turf_doors as own')
        .select('own.door_key')
        .where('own.turf_id', '=', turfId)
        .where('own.removed_seq', 'is', null),
    )
    .orderBy('buildings.id')
    .orderBy('doors.id'),
);

/** What was said of a turf's buildings at doors that it does not hold, in whichever campaign. */
const selectSaid = fixedQuery((db, { turfId }: OfTurf) =>
  db
    .selectFrom('ops')
    .select(['ops.op_id', 'ops.seq', 'ops.body', 'ops.eff_hlc'])
    .where('ops.type', 'in', ['building', 'withdraw'])
    .where('ops.door_key', 'in', (of) =>
      of
        .selectFrom('turf_doors')
        .innerJoin('doors as own', 'own.key', 'turf_doors.door_key')
        .innerJoin('doors as beside', 'beside.building_key', 'own.building_key')
        .select('beside.key')
        .where('turf_doors.turf_id', '=', turfId)
        .where('turf_doors.removed_seq', 'is', null),
    )
    .where('ops.door_key', 'not in', (of) =>
      of
        .selectFrom('turf_doors as own')
        .select('own.door_key')
        .where('own.turf_id', '=', turfId)
        .where('own.removed_seq', 'is', null),
    )
    .orderBy('ops.seq'),
);

/**
 * What a turf's list says of its buildings beyond its own doors: what was learnt of them before, and
 * which other dwellings the chapter knows there, without anybody's name. Nothing where there is none.
 */
export async function readBuildings(
  trx: Transaction<Tables>,
  turfId: TurfId,
): Promise<Pick<Packet, 'memory' | 'units'>> {
  const beside = await selectBeside(trx, { turfId });
  if (beside.length === 0) return {};
  const units = beside
    .filter(({ unit }) => unit !== '')
    .map(({ id, buildingId, unit, asked, held }) => ({
      id,
      buildingId,
      unit,
      ...(asked === 1 && { doNotContact: true as const }),
      ...(held === 1 && { held: true as const }),
    }));
  const rows = await selectSaid(trx, { turfId });
  const standing = new Set<string>(
    effectiveFacts(rows.map(readLogged)).flatMap((fact) =>
      fact.type === 'building' && fact.emptied !== true ? [fact.opId] : [],
    ),
  );
  const memory = rows.flatMap(({ seq, op_id: id, body, eff_hlc: eff }) => {
    const opId = formatUuid(id);
    return standing.has(opId) ? [{ seq, opId, body, ...(eff !== null && { eff }) }] : [];
  });
  return {
    ...(units.length > 0 && { units }),
    ...(memory.length > 0 && { memory }),
  };
}
