import type { ImportId } from '#shared/kernel/ids.ts';
import type { ImportReport } from '#shared/model/roll.ts';
import type { Election } from '#shared/roll/election.ts';
import { eachRow } from './each-row.ts';
import type { PostgresChapterDb } from './postgres-chapter-db.ts';
import { type Row, sendRows } from './postgres-rows.ts';
import type { PostgresSession } from './postgres-session.ts';
import { VOTER_COLUMNS } from './roll-stage.ts';
import type { Grown, Scratch } from './roll-scratch.ts';

/** Rows of one transaction. */
const STEP = 1000;

/** Makes the empty tables of the next roll; what an import left behind goes. */
export async function prepareStage(db: PostgresChapterDb): Promise<void> {
  await db.exclusive((session) =>
    session.exec(`drop table if exists voters_next, voted_next; delete from roll_moves;
      create unlogged table voters_next (like voters); create unlogged table voted_next (like voted)`),
  );
}

export async function dropStage(db: PostgresChapterDb): Promise<void> {
  await db.exclusive((session) => session.exec('drop table if exists voters_next, voted_next'));
}

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
  const place = 'lon = excluded.lon, lat = excluded.lat, grade = excluded.grade';
  return [
    {
      table: 'buildings',
      // Those of earlier rolls too: a better list of addresses moves them.
      sql: `select ${key('key', 'buildings')} as key, id, address_key, number, street, city, zip,
        lon, lat, grade, precinct from buildings`,
      conflict: `on conflict (key) do update set ${place}, precinct = excluded.precinct
        where (buildings.lon, buildings.lat, buildings.grade, buildings.precinct)
          is distinct from (excluded.lon, excluded.lat, excluded.grade, excluded.precinct)`,
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
    await session.exec('analyze voters_next, voted_next, buildings, doors, people');
    return true;
  });
}

/** How the next roll differs from the one that stands. */
export async function compareRolls(
  db: PostgresChapterDb,
): Promise<Pick<ImportReport, 'added' | 'changed' | 'same' | 'gone'>> {
  // Ages are left out where a birth year is known: they change by themselves.
  const fields = VOTER_COLUMNS.slice(3).filter((name) => !['age', 'adult_on'].includes(name));
  const list = (table: string): string => fields.map((name) => `${table}.${name}`).join(', ');
  const [row] = await db.server.use(db.schema, (session) =>
    session.query<{ people: number; before: number; kept: number; same: number }>(`
      with other as (
        select person_key from (select * from voted_next except select * from voted) more
        union select person_key from (select * from voted except select * from voted_next) less
        union select person_key from roll_moves)
      select (select count(*) from voters_next) as people,
        (select count(*) from voters) as before,
        count(*) as kept,
        count(*) filter (where (${list('a')}) is not distinct from (${list('b')})
          and (a.birth_year is not null or a.age is not distinct from b.age)
          and o.person_key is null) as same
      from voters_next a join voters b using (person_key)
        left join other o on o.person_key = a.person_key`),
  );
  const { people, before, kept, same } = row ?? { people: 0, before: 0, kept: 0, same: 0 };
  return { added: people - kept, changed: kept - same, same, gone: before - kept };
}

/**
 * The moment at which the new roll stands, one transaction. Whoever reads meanwhile sees the old
 * one, whoever writes facts waits for nothing: neither touches the rows of the other.
 */
export async function flipRoll(
  db: PostgresChapterDb,
  importId: ImportId,
  elections: readonly Election[],
  report: ImportReport,
  now: number,
): Promise<void> {
  await db.server.use(db.schema, async (session) => {
    await session.exec(`begin;
      delete from voters; insert into voters select * from voters_next;
      delete from voted; insert into voted select * from voted_next;
      delete from elections;
      update people set door_key = m.door_key from roll_moves m where people.key = m.person_key;
      delete from roll_moves;
      delete from universe_rows;
      insert into universe_rows
        (building_key, door_key, person_key, placed, age, party, precinct, adult_on)
        select b.key, d.key, v.person_key, case when b.lon is null then 0 else 1 end, v.age,
          coalesce(v.party, ''), coalesce(v.precinct, b.precinct, ''), v.adult_on
        from voters v join people p on p.key = v.person_key
          join doors d on d.key = p.door_key join buildings b on b.key = d.building_key
        order by 1, 2, 3`);
    const named = elections.map(({ name, label, sortKey }) => ({ name, label, sort_key: sortKey }));
    await sendRows(session, 'elections', named, 'on conflict do nothing');
    await session.run(
      `insert into universe_rows_of ("only", import_id) values (1, $1)
        on conflict ("only") do update set import_id = excluded.import_id`,
      [importId],
    );
    await session.run(
      `update imports set state = 'done', finished_at = $1, report = $2 where id = $3`,
      [now, JSON.stringify(report), importId],
    );
    await session.commit();
    await session.exec('analyze voters, voted, universe_rows, people');
  });
}
