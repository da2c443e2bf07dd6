import type { TurfId } from '#shared/kernel/ids.ts';
import type { Polygon } from '#shared/model/geojson.ts';
import type { ChapterDb } from '../../server/store/chapter-db.ts';
import { cutDoors } from '../../server/turf/cut-doors.ts';
import { findUniverse } from '../../server/turf/universes.ts';
import { writeDoors } from '../../server/turf/write-doors.ts';

/**
 * Redraws a turf that is published, which no server does any more: chapters of before have doors that
 * came to a turf and left it while phones were out, and all that is said of those must go on being
 * true. An outline without a door is refused, as it was.
 */
export async function redrawPublished(
  db: ChapterDb,
  id: TurfId,
  outline: Polygon,
  now: number,
): Promise<void> {
  const turf = await db.read
    .selectFrom('turfs')
    .select(['universe_id as universeId', 'version'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const universe = await findUniverse(db, turf.universeId, now);
  if (universe === null) throw new Error('The universe is gone.');
  const cut = await cutDoors(db, universe, outline, id);
  if (!cut.ok) throw new Error(cut.problem.code);
  await db.write(async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('turfs')
      .set({ outline: JSON.stringify(outline), about: null, towers: null, on_foot: null })
      .set({ version: turf.version + 1 })
      .where('id', '=', id)
      .where('version', '=', turf.version)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new Error('The turf was changed meanwhile.');
    const kept = await writeDoors(trx, { id, universeId: turf.universeId }, cut.value, now);
    if (kept.buildings === 0) throw new Error('The turf would be empty.');
  });
}
