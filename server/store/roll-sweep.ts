import type { Sqlite } from './sqlite.ts';

/**
 * Up to which key the chapter had people, doors and buildings when the roll began that is being read
 * or waits. Whoever stands behind came with that roll alone; once it has stood, phones may know them.
 */
export const CREATE_MARK = `create table if not exists stage_from
  (people integer not null, doors integer not null, buildings integer not null)`;
export const SET_MARK = `insert into stage_from (people, doors, buildings)
  select (select coalesce(max(key), 0) from people), (select coalesce(max(key), 0) from doors),
    (select coalesce(max(key), 0) from buildings)`;
export const CLEAR_MARK = 'delete from stage_from';

/** What a roll adds to, children first, with the names of columns that point there. */
export const SWEPT = [
  ['people', /^(?:person|loser|winner|face|low|high)_key$/],
  ['doors', /^(?:door_key|from_door|to_door)$/],
  ['buildings', /^building_key$/],
] as const;
export type Swept = (typeof SWEPT)[number][0];
export type Mark = Readonly<Record<Swept, number>>;

/** Others of a person's kind are nobody's to sweep: residents were met at a door. */
export const OF_ROLL: Readonly<Record<Swept, string>> = {
  people: `kind = 'voter'`,
  doors: 'true',
  buildings: 'true',
};

/** Tables that are being emptied say nothing any more. */
export const GONE = /_gone\d+$/;

/** Rows of a step. */
const STEP = 2000;

type InTurn = <T>(work: () => T) => Promise<T>;

/** Notes where a roll begins, in a transaction of the caller's. */
export function markStage(sqlite: Sqlite): void {
  sqlite.exec(`${CREATE_MARK}; ${CLEAR_MARK}; ${SET_MARK}`);
}

/** The roll stands: nothing that came with it is ever swept. */
export function clearMark(sqlite: Sqlite): void {
  sqlite.exec(`${CREATE_MARK}; ${CLEAR_MARK}`);
}

/**
 * Takes out the people, doors and buildings that a roll brought which never stood and was thrown
 * away, a step a turn: those that no row of any table names. Done again after a crash, it ends the same.
 */
export async function sweepStage(sqlite: Sqlite, inTurn: InTurn): Promise<void> {
  const mark = await inTurn(() => {
    sqlite.exec(CREATE_MARK);
    return sqlite.prepare('select * from stage_from').get() as Mark | undefined;
  });
  if (mark === undefined) return;
  for (const [table, pointing] of SWEPT) {
    const named = await inTurn(() => findNamed(sqlite, pointing, mark[table]));
    for (let after: number | null = mark[table]; after !== null;) {
      const from: number = after;
      after = await inTurn(() => sweepSome(sqlite, table, from, named));
    }
  }
  await inTurn(() => clearMark(sqlite));
}

/** Keys behind the mark that some row points to, as JSON: hardly any. */
function findNamed(sqlite: Sqlite, pointing: RegExp, mark: number): string {
  const columns = sqlite
    .prepare(
      `select m.name as name, c.name as column from sqlite_master m, pragma_table_info(m.name) c
        where m.type = 'table'`,
    )
    .all() as { name: string; column: string }[];
  const keys = new Set<number>();
  for (const { name, column } of columns) {
    if (!pointing.test(column) || GONE.test(name)) continue;
    const some = sqlite.prepare(
      `select distinct "${column}" as key from "${name}" where "${column}" > ?`,
    );
    for (const { key } of some.all(mark) as { key: number }[]) keys.add(key);
  }
  return JSON.stringify([...keys]);
}

/** Sweeps some rows from a key on; gives the last one looked at, or null at the end. */
function sweepSome(sqlite: Sqlite, table: Swept, after: number, named: string): number | null {
  const { last } = sqlite
    .prepare(
      `select max(key) as last from (select key from ${table} where key > ? order by key limit ?)`,
    )
    .get(after, STEP) as { last: number | null };
  if (last === null) return null;
  sqlite
    .prepare(
      `delete from ${table} where key > ? and key <= ? and ${OF_ROLL[table]}
        and key not in (select value from json_each(?))`,
    )
    .run(after, last, named);
  return last;
}
