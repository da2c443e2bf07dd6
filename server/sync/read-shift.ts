import { shiftTotals } from '#shared/canvass/shift-totals.ts';
import type { DoorId } from '#shared/kernel/ids.ts';
import type { ShiftSlip } from '#shared/model/shift.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { readLogged } from './read-logged.ts';

/** When a held body says that it happened; null when that cannot be read. */
function atOf(body: string): number | null {
  try {
    const value = JSON.parse(body) as { at?: { ms?: unknown } } | null;
    return typeof value?.at?.ms === 'number' ? Math.trunc(value.at.ms) : null;
  } catch {
    return null;
  }
}

/**
 * What arrived of a phone's work since a moment of its own clock. A fact that was held counts as
 * held whatever a coordinator has made of it since: the phone counts it so as well.
 */
export function readShift(
  db: Pick<ChapterDb, 'read'>,
  deviceKey: number,
  since: number,
  now: number,
): Promise<ShiftSlip> {
  return db.read.transaction().execute(async (trx) => {
    const held = await trx
      .selectFrom('held_ops')
      .select(['body', 'received_at', 'as_seq'])
      .where('device_key', '=', deviceKey)
      .execute();
    const rows = await trx
      .selectFrom('ops')
      .innerJoin('doors', 'doors.key', 'ops.door_key')
      .select(['ops.seq', 'ops.body', 'ops.eff_hlc', 'doors.id'])
      .where('ops.device_key', '=', deviceKey)
      .where('ops.at', '>=', since)
      .execute();
    const settled = new Set(held.map((row) => row.as_seq));
    const twins = new Map<DoorId, DoorId>();
    const facts = rows.flatMap((row) => {
      if (settled.has(row.seq)) return [];
      const fact = readLogged(row);
      if (fact.entityId !== row.id) twins.set(fact.entityId, row.id);
      return [fact];
    });
    const waits = held.filter((row) => {
      const at = atOf(Buffer.from(row.body).toString());
      return (at ?? row.received_at) >= since;
    });
    return {
      totals: shiftTotals(facts, twins),
      held: waits.length,
      ...(twins.size > 0 && { twins: [...twins].map(([id, own]) => ({ id, own })) }),
      since,
      serverNow: now,
    };
  });
}
