import type { ImportId } from '#shared/kernel/ids.ts';
import type { ImportReport, RollFlip } from '#shared/model/roll.ts';
import type { PostgresChapterDb } from './postgres-chapter-db.ts';
import { FORGET_MARK, markStage, sweepStage } from './postgres-sweep.ts';
import type { PostgresSession } from './postgres-session.ts';
import { type ChangeCount, COUNT_CHANGES, countKinds, findChanges } from './roll-changes.ts';
import { RENEW_TURFS, WAYS } from './roll-flip.ts';
import { MOVES, PLACES, type Side, SWAPPED } from './roll-sides.ts';
import { ADD_ELECTION_SLOTS, UNIVERSE_COLUMNS, UNIVERSE_VALUES } from './universe-rows.ts';

const tablesOf = (side: Side): string =>
  [...SWAPPED.map((table) => `${table}_${side}`), PLACES[side]].join(', ');

const createPlaces = (side: Side): string => `create table if not exists ${PLACES[side]} as
  select key as building_key, lon, lat, grade, precinct, lon as was_lon, lat as was_lat,
    grade as was_grade, precinct as was_precinct from buildings with no data`;

async function isThere(session: PostgresSession, table: string): Promise<boolean> {
  const found = await session.query(
    'select 1 from pg_tables where schemaname = current_schema() and tablename = $1',
    [table],
  );
  return found.length > 0;
}

async function dropNextIn(session: PostgresSession): Promise<void> {
  await session.exec(`drop table if exists ${tablesOf('next')}, changes_next;
    delete from roll_moves`);
  // What differs between two rolls of which one is gone.
  if (!(await isThere(session, 'voters_old'))) {
    await session.exec('drop table if exists roll_changes');
  }
}

/** Makes the empty tables of the next roll; what an import left behind goes. */
export async function prepareStage(db: PostgresChapterDb): Promise<void> {
  await dropNext(db);
  await db.exclusive(async (session) => {
    for (const table of SWAPPED) {
      await session.exec(`create table ${table}_next (like ${table})`);
    }
    await session.exec(`${createPlaces('next')};
      create table changes_next as select ''::text as kind, key as person_key, ''::text as fields,
        door_key as from_door, door_key as to_door from people with no data`);
    await markStage(session);
  });
}

/** Takes a roll away that was being written or waits, with all that came with it alone. */
export async function dropNext(db: PostgresChapterDb): Promise<void> {
  await db.exclusive(dropNextIn);
  await sweepStage(db);
}

/** Whether a roll lies whole on a side. */
export function stands(db: PostgresChapterDb, side: Side): Promise<boolean> {
  return db.server.use(db.schema, (session) => isThere(session, `voters_${side}`));
}

/** Whether any roll stands. */
export async function rollStands(db: PostgresChapterDb): Promise<boolean> {
  const found = await db.server.use(db.schema, (session) =>
    session.query('select 1 from voters limit 1'),
  );
  return found.length > 0;
}

/** Finds everybody in whom the next roll differs from the one that stands, and counts them. */
export async function compareRolls(
  db: PostgresChapterDb,
): Promise<Required<Pick<ImportReport, 'added' | 'changed' | 'moved' | 'same' | 'gone'>>> {
  return db.server.use(db.schema, async (session) => {
    const [row] = await session.query<{ people: number; before: number }>(
      `select (select count(*) from voters_next) as people, (select count(*) from voters) as before`,
    );
    const { people, before } = row ?? { people: 0, before: 0 };
    if (before > 0) {
      for (const text of findChanges(() => 'true')) await session.exec(text);
    }
    await session.exec(`alter table changes_next add primary key (kind, person_key);
      analyze changes_next`);
    const counts = await session.query<ChangeCount>(COUNT_CHANGES);
    const found = countKinds(counts, people);
    return before > 0 ? found : { ...found, added: people, same: 0 };
  });
}

/** The next roll is whole and compared: it waits, or is about to flip. The one kept before it goes. */
export async function makeReady(
  db: PostgresChapterDb,
  importId: ImportId,
  report: ImportReport,
  { flips = false } = {},
): Promise<void> {
  await db.exclusive(async (session) => {
    await session.exec(`drop table if exists ${tablesOf('old')}, ${MOVES.old}, roll_changes;
      alter table changes_next rename to roll_changes;
      update imports set keeps_old = 0`);
    await session.run('update imports set report = $1, state = $2 where id = $3', [
      JSON.stringify(report),
      flips ? 'running' : 'ready',
      importId,
    ]);
  });
}

/** People and places as the roll has them that comes, with what they were for the way back. */
function carryOut(from: Side, to: Side): string {
  const [moves, wereAt, places, werePlaced] = [MOVES[from], MOVES[to], PLACES[from], PLACES[to]];
  const still = `(b.lon, b.lat, b.grade, b.precinct)
    is not distinct from (f.was_lon, f.was_lat, f.was_grade, f.was_precinct)`;
  return `create table if not exists ${wereAt} (like roll_moves);
    insert into ${wereAt} (person_key, door_key) select p.key, p.door_key
      from people p join ${moves} m on m.person_key = p.key;
    update people set door_key = m.door_key from ${moves} m where people.key = m.person_key;
    delete from ${moves};
    ${createPlaces(to)};
    insert into ${werePlaced} select b.key, b.lon, b.lat, b.grade, b.precinct,
        f.lon, f.lat, f.grade, f.precinct
      from ${places} f join buildings b on b.key = f.building_key where ${still};
    update buildings b set lon = f.lon, lat = f.lat, grade = f.grade, precinct = f.precinct
      from ${places} f where f.building_key = b.key and ${still};
    delete from ${places}`;
}

const UNIVERSE_ROWS = `delete from universe_rows;
  ${ADD_ELECTION_SLOTS};
  insert into universe_rows (${UNIVERSE_COLUMNS}) select ${UNIVERSE_VALUES}
    from voters v join people p on p.key = v.person_key
      join doors d on d.key = p.door_key join buildings b on b.key = d.building_key
    order by 1, 2, 3`;

/** What a flip needs of a chapter: its connections. */
export interface FlippedDb {
  readonly schema: string;
  readonly server: Pick<PostgresChapterDb['server'], 'use'>;
}

/**
 * The moment at which another roll stands, one transaction; the one before it is kept. Whoever reads
 * meanwhile sees the old one, whoever writes facts waits for nothing: neither touches the rows of the
 * other. The import is over when its flip is ended.
 */
export async function flipRoll(
  db: FlippedDb,
  importId: ImportId,
  flip: RollFlip,
  by: string | null,
): Promise<void> {
  const { from, to } = WAYS[flip];
  const swap = (table: string): string => `create table ${table}_${to} (like ${table});
    insert into ${table}_${to} select * from ${table};
    delete from ${table};
    insert into ${table} select * from ${table}_${from};
    drop table ${table}_${from};`;
  await db.server.use(db.schema, async (session) => {
    await session.exec('begin');
    const stood = (await session.query('select 1 from voters limit 1')).length > 0;
    for (const table of SWAPPED) await session.exec(swap(table));
    await session.exec(`alter table voters_${to} add primary key (person_key);
      alter table voted_${to} add primary key (person_key, election);
      ${carryOut(from, to)};
      ${UNIVERSE_ROWS};
      ${RENEW_TURFS};
      ${FORGET_MARK}`);
    await session.run(
      `update imports set state = 'running', step = $1, flip = $2, flip_by = $3, keeps_old = $4
        where id = $5`,
      [
        flip === 'apply' ? 'publishing' : 'undoing',
        flip,
        by,
        stood && flip === 'apply' ? 1 : 0,
        importId,
      ],
    );
    await session.commit();
    await session.exec('analyze voters, voted, universe_rows, people');
  });
}
