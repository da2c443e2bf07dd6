import type { ChapterDb } from './chapter-db.ts';
import { rollBack } from './roll-back.ts';
import type { Sqlite } from './sqlite.ts';

const LATEST_IMPORT = `coalesce((select id from imports where state = 'done'
  order by finished_at desc, id desc limit 1), '')`;

/**
 * Writes the rows that universes ask for anew from the roll that stands now. Call it inside the
 * transaction that publishes an import, after the import is marked done.
 */
export function refreshUniverseRows(sqlite: Sqlite): void {
  sqlite.exec(`delete from universe_rows`);
  sqlite.exec(`insert into universe_rows
    (building_key, door_key, person_key, placed, age, party, precinct)
    select doors.building_key, doors.key, voters.person_key, buildings.lon is not null, voters.age,
      coalesce(voters.party, ''), coalesce(voters.precinct, buildings.precinct, '')
    from voters join people on people.key = voters.person_key
      join doors on doors.key = people.door_key
      join buildings on buildings.key = doors.building_key
    order by 1, 2, 3`);
  sqlite.exec(`insert into universe_rows_of (only, import_id) values (1, ${LATEST_IMPORT})
    on conflict (only) do update set import_id = excluded.import_id`);
}

/** Refreshes the rows when they show another import than the latest. */
export async function ensureUniverseRows(db: ChapterDb): Promise<void> {
  const stale = await db.exclusive((sqlite) => {
    const row = sqlite
      .prepare(`select 1 as fresh from universe_rows_of where import_id = ${LATEST_IMPORT}`)
      .get();
    return row === undefined;
  });
  if (!stale) return;
  await db.exclusive((sqlite) => {
    sqlite.exec('begin immediate');
    try {
      refreshUniverseRows(sqlite);
      sqlite.exec('commit');
    } catch (error) {
      rollBack(sqlite);
      throw error;
    }
  });
}
