import { type Kysely, sql } from 'kysely';
import type { ChapterDb } from './chapter-db.ts';
import type { Tables } from './tables.ts';

const LATEST_IMPORT = sql<string>`coalesce((select id from imports where state = 'done'
  order by finished_at desc, id desc limit 1), '')`;

/**
 * Writes the rows that universes ask for anew from the roll that stands now. Call it inside the
 * transaction that publishes an import, after the import is marked done.
 */
export async function refreshUniverseRows(trx: Kysely<Tables>): Promise<void> {
  await sql`delete from universe_rows`.execute(trx);
  await sql`insert into universe_rows
    (building_key, door_key, person_key, placed, age, party, precinct, adult_on)
    select doors.building_key, doors.key, voters.person_key,
      case when buildings.lon is null then 0 else 1 end, voters.age,
      coalesce(voters.party, ''), coalesce(voters.precinct, buildings.precinct, ''), voters.adult_on
    from voters join people on people.key = voters.person_key
      join doors on doors.key = people.door_key
      join buildings on buildings.key = doors.building_key
    order by 1, 2, 3`.execute(trx);
  await showLatestRoll(trx);
}

/** Notes that the rows show the roll that stands now, in the transaction in which that is so. */
export async function showLatestRoll(trx: Kysely<Tables>): Promise<void> {
  await sql`insert into universe_rows_of ("only", import_id) values (1, ${LATEST_IMPORT})
    on conflict ("only") do update set import_id = excluded.import_id`.execute(trx);
}

async function isFresh(db: Kysely<Tables>): Promise<boolean> {
  const row = await db
    .selectFrom('universe_rows_of')
    .select('import_id')
    .where('import_id', '=', LATEST_IMPORT)
    .executeTakeFirst();
  return row !== undefined;
}

/** Refreshes the rows when they show another import than the latest. */
export async function ensureUniverseRows(db: ChapterDb): Promise<void> {
  if (await isFresh(db.read)) return;
  await db.write(async (trx) => {
    if (!(await isFresh(trx))) await refreshUniverseRows(trx);
  });
}
