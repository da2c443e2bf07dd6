import { sql } from 'kysely';
import type { TurfId } from '#shared/kernel/ids.ts';
import type { ChapterDb } from '../store/chapter-db.ts';
import { TOUCHED } from '../store/roll-flip.ts';
import { selectUniverse } from '../turf/select-universe.ts';
import { findUniverse } from '../turf/universes.ts';

/** Turfs with a door at which the roll has somebody now who was not there before. */
function touchedTurfs(db: ChapterDb) {
  return db.read
    .selectFrom('turfs')
    .select(['turfs.id', 'turfs.universe_id as universeId'])
    .where(sql<boolean>`turfs.id in (select turf_id from (${sql.raw(TOUCHED)}) touched)`)
    .orderBy('turfs.id')
    .execute();
}

/**
 * Whom the universe of a turf selects at its doors since another roll stands is asked for there too:
 * a universe is a question and no frozen list. Nobody is taken out, since what was done at the door
 * counts; who left the roll is in no packet anyway. Doors stay as they were cut. A turf is a
 * transaction, so that no push waits for all of them, and its phones take it anew. Safe to repeat.
 */
export async function askNewcomers(db: ChapterDb): Promise<void> {
  for (const { id, universeId } of await touchedTurfs(db)) {
    const universe = await findUniverse(db, universeId);
    if (universe === null) continue;
    await db.write(async (trx) => {
      const doors = trx
        .selectFrom('turf_doors')
        .innerJoin('doors', 'doors.key', 'turf_doors.door_key')
        .where('turf_doors.turf_id', '=', id)
        .where('turf_doors.removed_seq', 'is', null);
      const fresh = await selectUniverse(trx, universe.question)
        .select('row.person_key')
        .where('row.building_key', 'in', doors.select('doors.building_key'))
        .where('row.door_key', 'in', doors.select('doors.key'))
        .where('row.person_key', 'not in', (known) =>
          known.selectFrom('turf_targets').select('person_key').where('turf_id', '=', id),
        )
        .execute();
      await addTargets(trx, id, [...new Set(fresh.map((row) => row.person_key))]);
    });
  }
}

/** Rows that one statement inserts. */
const ROWS = 500;

async function addTargets(
  trx: Parameters<Parameters<ChapterDb['write']>[0]>[0],
  turfId: TurfId,
  people: readonly number[],
): Promise<void> {
  if (people.length === 0) return;
  for (let from = 0; from < people.length; from += ROWS) {
    const part = people.slice(from, from + ROWS);
    const rows = part.map((key) => ({ turf_id: turfId, person_key: key }));
    await trx.insertInto('turf_targets').values(rows).execute();
  }
  await trx
    .updateTable('turfs')
    .set((turf) => ({ version: turf('version', '+', 1) }))
    .where('id', '=', turfId)
    .execute();
}
