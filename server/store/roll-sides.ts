import { CREATE_CHANGES } from './roll-changes.ts';
import { markStage } from './roll-sweep.ts';
import type { Sqlite } from './sqlite.ts';

/** A roll beside the one that stands: the one that waits, or the one that was before. */
export type Side = 'next' | 'old';

/** The tables of a roll that take another's place by name. */
export const SWAPPED = ['voters', 'voted', 'elections'] as const;
type Like = (typeof SWAPPED)[number] | 'universe_rows';

/** What of people and places is another in the roll of a side: to be carried out at its flip. */
export const MOVES: Readonly<Record<Side, string>> = { next: 'roll_moves', old: 'moves_old' };
export const PLACES: Readonly<Record<Side, string>> = { next: 'places_next', old: 'places_old' };

const CREATE_MOVES = (name: string): string =>
  `create table if not exists ${name} (person_key integer primary key, door_key integer not null)`;
/** With the place that a building had when this was found: whoever moved it since wins. */
const CREATE_PLACES = (name: string): string =>
  `create table if not exists ${name} (building_key integer primary key, lon real, lat real, grade text not null,
    precinct text, was_lon real, was_lat real, was_grade text not null, was_precinct text)`;

/** The tables of a side but its moves. */
function tablesOf(side: Side): string[] {
  return [...SWAPPED.map((table) => `${table}_${side}`), PLACES[side]];
}

function existing(sqlite: Sqlite): Set<string> {
  const rows = sqlite.prepare(`select name from sqlite_master where type = 'table'`).all();
  return new Set((rows as { name: string }[]).map(({ name }) => name));
}

/** An empty table under another name, with the columns of one that stands. */
export function createLike(sqlite: Sqlite, table: Like, name: string): void {
  const { sql } = sqlite
    .prepare(`select sql from sqlite_master where type = 'table' and name = ?`)
    .get(table) as { sql: string };
  sqlite.exec(sql.replace(/^(create table) "?\w+"?/i, `$1 ${name}`));
}

/** Makes the empty tables of the next roll, in a transaction of the caller's. */
export function prepareStage(sqlite: Sqlite): void {
  sqlite.exec('delete from roll_moves');
  for (const table of SWAPPED) createLike(sqlite, table, `${table}_next`);
  sqlite.exec(CREATE_PLACES(PLACES.next));
  sqlite.exec(CREATE_CHANGES);
  markStage(sqlite);
}

/** Makes what a flip writes down about the roll that it takes away. */
export function prepareOther(sqlite: Sqlite, side: Side): void {
  if (side === 'old') sqlite.exec(CREATE_MOVES(MOVES.old));
  sqlite.exec(CREATE_PLACES(PLACES[side]));
}

/** Whether a roll lies whole on a side. */
export function stands(sqlite: Sqlite, side: Side): boolean {
  const there = existing(sqlite);
  return tablesOf(side).every((name) => there.has(name));
}

/** The changes that were found are those of the two rolls that are there from here on. */
export function publishChanges(sqlite: Sqlite): void {
  setAside(sqlite, ['roll_changes']);
  sqlite.exec('alter table changes_next rename to roll_changes');
}

/**
 * Takes the next roll away: at once by name, in a transaction of the caller's, and its rows by and by
 * with clearLeftovers.
 */
export function dropNext(sqlite: Sqlite): void {
  setAside(sqlite, [...tablesOf('next'), 'changes_next']);
  sqlite.exec('delete from roll_moves');
  // What differs between two rolls of which one is gone.
  if (!stands(sqlite, 'old')) setAside(sqlite, ['roll_changes']);
}

/** Takes the roll away that was kept, in the same way. */
export function dropOld(sqlite: Sqlite): void {
  setAside(sqlite, [...tablesOf('old'), MOVES.old]);
}

function setAside(sqlite: Sqlite, tables: readonly string[]): void {
  const there = existing(sqlite);
  for (const table of tables) {
    if (!there.has(table)) continue;
    let at = 0;
    while (there.has(`${table}_gone${at}`)) at++;
    sqlite.exec(`alter table ${table} rename to ${table}_gone${at}`);
  }
}

const LEFT = /_gone\d+$|^universe_rows_(?:next|old)$/;

/** What is left over of rolls: tables to be emptied by and by, and dropped. */
export function leftovers(sqlite: Sqlite): string[] {
  return [...existing(sqlite)].filter((name) => LEFT.test(name));
}

function keyOf(table: string): string {
  if (table.startsWith('elections')) return 'name';
  return /^(?:universe_rows|places)/.test(table) ? 'building_key' : 'person_key';
}

/** Takes some rows out of a leftover table; drops it and says true when it is empty. */
export function shrink(sqlite: Sqlite, table: string, rows: number): boolean {
  const key = keyOf(table);
  const where =
    table.startsWith('roll_changes') || table.startsWith('changes_next')
      ? `rowid in (select rowid from ${table} limit ?)`
      : `${key} <= coalesce((select ${key} from ${table} order by ${key} limit 1 offset ?),
        (select max(${key}) from ${table}))`;
  const { changes } = sqlite.prepare(`delete from ${table} where ${where}`).run(rows);
  if (changes > 0) return false;
  sqlite.exec(`drop table ${table}`);
  return true;
}
