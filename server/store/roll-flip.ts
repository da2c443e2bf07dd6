import type { ImportId } from '#shared/kernel/ids.ts';
import type { RollFlip } from '#shared/model/roll.ts';
import { createLike, MOVES, PLACES, prepareOther, type Side, SWAPPED } from './roll-sides.ts';
import { clearMark } from './roll-sweep.ts';
import type { Sqlite } from './sqlite.ts';
import { ADD_ELECTION_SLOTS, UNIVERSE_COLUMNS, UNIVERSE_VALUES } from './universe-rows.ts';

/** From which side the roll comes, and to which the one goes that stands. */
export const WAYS: Readonly<Record<RollFlip, { readonly from: Side; readonly to: Side }>> = {
  apply: { from: 'next', to: 'old' },
  undo: { from: 'old', to: 'next' },
};

/**
 * The moment at which another roll stands: names change, no rows are copied. What follows, until the
 * import's flip is ended, may be done in steps and again after a crash.
 */
export function beginFlip(
  sqlite: Sqlite,
  importId: ImportId,
  flip: RollFlip,
  by: string | null,
): void {
  const { from, to } = WAYS[flip];
  const stood = sqlite.prepare('select 1 from voters limit 1').get() !== undefined;
  for (const table of SWAPPED) {
    sqlite.exec(`alter table ${table} rename to ${table}_${to}`);
    sqlite.exec(`alter table ${table}_${from} rename to ${table}`);
  }
  prepareOther(sqlite, to);
  clearMark(sqlite);
  sqlite
    .prepare(
      `update imports set state = 'running', step = ?, flip = ?, flip_by = ?, keeps_old = ?
        where id = ?`,
    )
    .run(
      flip === 'apply' ? 'publishing' : 'undoing',
      flip,
      by,
      stood && flip === 'apply' ? 1 : 0,
      importId,
    );
}

/**
 * Brings some people to the doors where the roll has them that stands now, and notes where they were
 * for the way back; says true when all are.
 */
export function carryOutMoves(sqlite: Sqlite, flip: RollFlip, count: number): boolean {
  const from = MOVES[WAYS[flip].from];
  const to = MOVES[WAYS[flip].to];
  const some = `select person_key from ${from} order by person_key limit ${count}`;
  sqlite.exec(`insert or replace into ${to} (person_key, door_key)
    select key, door_key from people where key in (${some})`);
  sqlite.exec(`update people set door_key = (select door_key from ${from}
    where person_key = people.key) where key in (${some})`);
  sqlite.exec(`delete from ${from} where person_key in (${some})`);
  return sqlite.prepare(`select 1 from ${from} limit 1`).get() === undefined;
}

/**
 * Puts some buildings where the roll has them that stands now, unless somebody has moved them since
 * that was found; says true when all are.
 */
export function carryOutPlaces(sqlite: Sqlite, flip: RollFlip, count: number): boolean {
  const from = PLACES[WAYS[flip].from];
  const to = PLACES[WAYS[flip].to];
  const some = `select building_key from ${from} order by building_key limit ${count}`;
  const still = `b.lon is f.was_lon and b.lat is f.was_lat and b.grade is f.was_grade
    and b.precinct is f.was_precinct`;
  sqlite.exec(`insert or replace into ${to} (building_key, lon, lat, grade, precinct,
      was_lon, was_lat, was_grade, was_precinct)
    select b.key, b.lon, b.lat, b.grade, b.precinct, f.lon, f.lat, f.grade, f.precinct
    from ${from} f join buildings b on b.key = f.building_key
    where f.building_key in (${some}) and ${still}`);
  sqlite.exec(`update buildings as b set (lon, lat, grade, precinct) =
      (select f.lon, f.lat, f.grade, f.precinct from ${from} f where f.building_key = b.key)
    where b.key in (${some}) and exists
      (select 1 from ${from} f where f.building_key = b.key and ${still})`);
  sqlite.exec(`delete from ${from} where building_key in (${some})`);
  return sqlite.prepare(`select 1 from ${from} limit 1`).get() === undefined;
}

/** Makes the empty table for what universes ask; fill it, then publish it with endUniverseRows. */
export function prepareUniverseRows(sqlite: Sqlite): void {
  createLike(sqlite, 'universe_rows', 'universe_rows_next');
  sqlite.exec(ADD_ELECTION_SLOTS);
}

/** Adds the people of some buildings, from `after` on; gives the last building's key, or null. */
export function addUniverseRows(sqlite: Sqlite, after: number, buildings: number): number | null {
  const { last } = sqlite
    .prepare(
      'select max(key) as last from (select key from buildings where key > ? order by key limit ?)',
    )
    .get(after, buildings) as { last: number | null };
  if (last === null) return null;
  sqlite
    .prepare(
      `insert into universe_rows_next (${UNIVERSE_COLUMNS}) select ${UNIVERSE_VALUES}
      from buildings b join doors d on d.building_key = b.key
        join people p on p.door_key = d.key join voters v on v.person_key = p.key
      where b.key > ? and b.key <= ? order by 1, 2, 3`,
    )
    .run(after, last);
  return last;
}

/** Universes are asked of the roll that stands from here on. */
export function publishUniverseRows(sqlite: Sqlite): void {
  sqlite.exec('alter table universe_rows rename to universe_rows_old');
  sqlite.exec('alter table universe_rows_next rename to universe_rows');
}

/** Turfs with a door of somebody in whom two rolls differ, whose phones have the old list. */
export const TOUCHED = `select t.turf_id from roll_changes c join turf_doors t on t.door_key = c.from_door
    where t.removed_seq is null
  union select t.turf_id from roll_changes c join turf_doors t on t.door_key = c.to_door
    where t.removed_seq is null`;

export function touchedTurfs(sqlite: Sqlite): string[] {
  return (sqlite.prepare(TOUCHED).all() as { turf_id: string }[]).map((row) => row.turf_id);
}

/** Phones that hold these turfs take them anew. */
export function renewTurfs(sqlite: Sqlite, turfs: readonly string[]): void {
  const renew = sqlite.prepare('update turfs set version = version + 1 where id = ?');
  for (const id of turfs) renew.run(id);
}

/** The same in one statement, for the engine that does it in one. */
export const RENEW_TURFS = `update turfs set version = version + 1 where id in (${TOUCHED})`;
