import type { Election } from '#shared/roll/election.ts';
import { eachRow } from './each-row.ts';
import type { PostgresChapterDb } from './postgres-chapter-db.ts';
import { type Row, sendRows } from './postgres-rows.ts';
import type { PostgresSession } from './postgres-session.ts';
import type { Grown, Scratch } from './roll-scratch.ts';
import { VOTER_COLUMNS } from './roll-stage.ts';

/** Rows of one transaction. */
const STEP = 1000;

/** Keys for new rows that nobody else will get: what to add to a scratch key. */
async function reserve(session: PostgresSession, table: Grown, { sqlite, last }: Scratch) {
  const found = sqlite.prepare(`select max(key) as last from ${table}`).get();
  const count = ((found as { last: number | null }).last ?? 0) - last[table];
  if (count <= 0) return 0;
  const sequence = `pg_get_serial_sequence('${table}', 'key')`;
  const [row] = await session.query<{ first: number }>(`select nextval(${sequence}) as first`);
  const first = row?.first ?? 1;
  await session.query(`select setval(${sequence}, ${first + count - 1})`);
  return first - last[table] - 1;
}

type Shift = Readonly<Record<Grown, number>>;

/** What is read out of the scratch file for one table, its keys as they will be. */
interface Load {
  readonly table: string;
  readonly sql: string;
  readonly conflict?: string;
}

/** A key as PostgreSQL will have it: a row that was there before keeps its own. */
function shifted(column: string, last: number, shift: number): string {
  return `case when ${column} > ${last} then ${column} + ${shift} else ${column} end`;
}

function loadsOf({ last }: Scratch, shift: Shift): Load[] {
  const key = (column: string, table: Grown): string => shifted(column, last[table], shift[table]);
  return [
    {
      table: 'buildings',
      sql: `select ${key('key', 'buildings')} as key, id, address_key, number, street, city, zip,
        lon, lat, grade, precinct from buildings where key > ${last.buildings}`,
    },
    {
      table: 'places_next',
      sql: `select building_key, lon, lat, grade, precinct, was_lon, was_lat, was_grade, was_precinct
        from places_next`,
    },
    {
      table: 'doors',
      sql: `select ${key('key', 'doors')} as key, id, ${key('building_key', 'buildings')}
        as building_key, unit, unit_key from doors where key > ${last.doors}`,
    },
    {
      table: 'people',
      sql: `select ${key('key', 'people')} as key, id, kind, source_id,
        ${key('door_key', 'doors')} as door_key from people where key > ${last.people}`,
    },
    {
      table: 'voters_next',
      sql: `select ${key('person_key', 'people')} as person_key,
        ${VOTER_COLUMNS.slice(1).join(', ')} from voters_next`,
    },
    {
      table: 'voted_next',
      sql: `select ${key('person_key', 'people')} as person_key, election, method from voted_next`,
    },
    {
      table: 'import_faults',
      sql: 'select import_id, line, kind, reason, cells from import_faults',
      conflict: 'on conflict do nothing',
    },
    {
      table: 'opt_outs',
      sql: `select ${key('person_key', 'people')} as person_key, op_id, at from opt_outs`,
      conflict: 'on conflict do nothing',
    },
    {
      table: 'roll_moves',
      sql: `select ${key('person_key', 'people')} as person_key, ${key('door_key', 'doors')}
        as door_key from roll_moves`,
    },
  ];
}

/**
 * Carries a staged roll over in transactions of a thousand rows, none of which holds the chapter's
 * lock: what they write nobody reads yet. They do not wait for the disk, since the flip does, and
 * stands behind them in the server's log. False when cancelled.
 */
export async function carryRoll(
  db: PostgresChapterDb,
  scratch: Scratch,
  elections: readonly Election[],
  cancelled: () => boolean,
): Promise<boolean> {
  const shift = await db.exclusive(async (session) => ({
    buildings: await reserve(session, 'buildings', scratch),
    doors: await reserve(session, 'doors', scratch),
    people: await reserve(session, 'people', scratch),
  }));
  return db.server.use(db.schema, async (session) => {
    const send = async (load: Load, rows: readonly Row[]): Promise<void> => {
      await session.exec('begin; set local synchronous_commit = off');
      await sendRows(session, load.table, rows, load.conflict);
      await session.commit();
    };
    for (const load of loadsOf(scratch, shift)) {
      let rows: Row[] = [];
      for (const row of eachRow<Row>(scratch.sqlite.prepare(load.sql))) {
        rows.push(row);
        if (rows.length < STEP) continue;
        await send(load, rows);
        rows = [];
        if (cancelled()) return false;
      }
      if (rows.length > 0) await send(load, rows);
    }
    const named = elections.map(({ name, label, sortKey }) => ({ name, label, sort_key: sortKey }));
    await sendRows(session, 'elections_next', named);
    await session.exec(`alter table voters_next add primary key (person_key);
      alter table voted_next add primary key (person_key, election);
      analyze voters_next, voted_next, buildings, doors, people`);
    return true;
  });
}
