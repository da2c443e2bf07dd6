import type { PostgresChapterDb } from './postgres-chapter-db.ts';
import type { PostgresSession } from './postgres-session.ts';
import { CLEAR_MARK, CREATE_MARK, type Mark, OF_ROLL, SET_MARK, SWEPT } from './roll-sweep.ts';

/** Notes where a roll begins, in a transaction of the caller's. */
export async function markStage(session: PostgresSession): Promise<void> {
  await session.exec(`${CREATE_MARK}; ${CLEAR_MARK}; ${SET_MARK}`);
}

/** The statements with which nothing is swept any more that came with the roll. */
export const FORGET_MARK = `${CREATE_MARK}; ${CLEAR_MARK}`;

/**
 * Takes out the people, doors and buildings that a roll brought which never stood and was thrown
 * away: those that no row of any table names. Nobody waits for it, and nobody has ever seen them.
 */
export async function sweepStage(db: PostgresChapterDb): Promise<void> {
  const mark = await db.exclusive(async (session) => {
    await session.exec(CREATE_MARK);
    return (await session.query<Mark>('select * from stage_from'))[0];
  });
  if (mark === undefined) return;
  await db.server.use(db.schema, async (session) => {
    const columns = await session.query<{ name: string; column: string }>(
      `select table_name as name, column_name as column from information_schema.columns
        where table_schema = current_schema()`,
    );
    for (const [table, pointing] of SWEPT) {
      const unnamed = columns
        .filter(({ column }) => pointing.test(column))
        .map(
          ({ name, column }) =>
            `and not exists (select 1 from "${name}" r where r."${column}" = t.key)`,
        );
      await session.exec(
        `delete from ${table} t where t.key > ${mark[table]} and ${OF_ROLL[table]}
          ${unnamed.join(' ')}`,
      );
    }
    await session.exec(CLEAR_MARK);
  });
}
