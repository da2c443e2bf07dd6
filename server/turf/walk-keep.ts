import type { TurfId } from '#shared/kernel/ids.ts';
import { problem } from '#shared/kernel/problem.ts';
import { fail, type Result } from '#shared/kernel/result.ts';
import type { TurfWalk, WalkWish } from '#shared/model/turf-walk.ts';
import { orderAsWished } from '#shared/walk/plan-walk.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { inTurns, placeOf } from './order-on-streets.ts';
import { readWalkDoors } from './read-walk-doors.ts';
import { findAround } from './walk-around.ts';
import { groundFor } from './walk-ground.ts';
import { walkTurf } from './walk-turf.ts';

/** Positions that one statement writes. */
const ROWS = 300;

/**
 * Keeps how a draft is to be walked, and gives its doors their numbers, over the version that the
 * writer saw. Problems: not-found, version-changed, and turf-published: phones and paper have the
 * numbers of a published turf, so that nothing changes them.
 */
export async function keepWalk(
  db: ChapterDb,
  id: TurfId,
  wish: WalkWish,
  seen: number,
): Promise<Result<TurfWalk>> {
  const doors = await readWalkDoors(db, id);
  const places = doors.flatMap(placeOf);
  const { network } = await groundFor(db, places, () => findAround(db, places));
  const { order } = await inTurns(orderAsWished(doors, wish, network, false));
  const refusal = await db.write(async (trx) => {
    const row = await trx
      .selectFrom('turfs')
      .select(['state', 'version'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (row === undefined) return problem('not-found');
    if (row.state !== 'draft') return problem('turf-published');
    if (row.version !== seen) return problem('version-changed');
    const rows = await trx
      .selectFrom('turf_doors')
      .innerJoin('doors', 'doors.key', 'turf_doors.door_key')
      .select(['doors.id', 'doors.key', 'added_seq', 'added_at'])
      .where('turf_id', '=', id)
      .where('removed_seq', 'is', null)
      .execute();
    // The doors were read before this transaction: those that came since keep to the end.
    const place = new Map<string, number>(order.map((door, at) => [door, at]));
    rows.sort(
      (a, b) => (place.get(a.id) ?? Infinity) - (place.get(b.id) ?? Infinity) || a.key - b.key,
    );
    for (let from = 0; from < rows.length; from += ROWS) {
      await trx
        .insertInto('turf_doors')
        .values(
          rows.slice(from, from + ROWS).map((door, at) => ({
            turf_id: id,
            door_key: door.key,
            position: from + at + 1,
            added_seq: door.added_seq,
            added_at: door.added_at,
            removed_seq: null,
            removed_at: null,
          })),
        )
        .onConflict((conflict) =>
          conflict
            .columns(['turf_id', 'door_key'])
            .doUpdateSet((of) => ({ position: of.ref('excluded.position') })),
        )
        .execute();
    }
    await trx
      .updateTable('turfs')
      .set({ walk: JSON.stringify(wish), on_foot: null, version: row.version + 1 })
      .where('id', '=', id)
      .execute();
    return null;
  });
  return refusal === null ? walkTurf(db, id, null) : fail(refusal);
}
