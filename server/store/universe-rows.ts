import { type Kysely, sql } from 'kysely';
import type { ChapterDb } from './chapter-db.ts';
import type { Tables } from './tables.ts';

const LATEST_IMPORT = sql<string>`coalesce((select id from imports where state = 'done'
  order by finished_at desc, id desc limit 1), '')`;

/** A bit each, so many that a number still holds them exactly. */
const MOST_SLOTS = 52;

/** Gives elections that are new their bit, the newest first; those beyond the most have none. */
export const ADD_ELECTION_SLOTS = `insert into election_slots (slot, election)
  select fresh.at + (select count(*) from election_slots), fresh.name
  from (select name, row_number() over (order by sort_key desc, name) - 1 as at from elections
    where name not in (select election from election_slots)) fresh
  where fresh.at + (select count(*) from election_slots) < ${MOST_SLOTS}`;

export const UNIVERSE_COLUMNS = `building_key, door_key, person_key, placed, age, party, precinct,
  adult_on, sex, status, registered_on, language, districts, votes`;

/** The columns above of a voter `v`, at a door `d` of a building `b`. */
export const UNIVERSE_VALUES = `b.key, d.key, v.person_key,
  case when b.lon is null then 0 else 1 end, v.age, coalesce(v.party, ''),
  coalesce(v.precinct, b.precinct, ''), v.adult_on, v.sex, v.status, v.registered_on, v.language,
  v.districts, coalesce((select cast(sum(cast(1 as bigint) << cast(s.slot as integer)) as bigint)
    from voted w join election_slots s on s.election = w.election
    where w.person_key = v.person_key), 0)`;

/**
 * Writes the rows that universes ask for anew from the roll that stands now. Call it inside the
 * transaction that publishes an import, after the import is marked done.
 */
export async function refreshUniverseRows(trx: Kysely<Tables>): Promise<void> {
  await sql`delete from universe_rows`.execute(trx);
  await sql.raw(ADD_ELECTION_SLOTS).execute(trx);
  await sql
    .raw(
      `insert into universe_rows (${UNIVERSE_COLUMNS}) select ${UNIVERSE_VALUES}
        from voters v join people p on p.key = v.person_key join doors d on d.key = p.door_key
          join buildings b on b.key = d.building_key order by 1, 2, 3`,
    )
    .execute(trx);
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
