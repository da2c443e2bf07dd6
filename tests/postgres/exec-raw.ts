import type { ChapterDb } from '../../server/store/chapter-db.ts';

/** Runs statements on a chapter's own connection, such as triggers that break it on purpose. */
export async function execRaw(db: ChapterDb, text: string, postgres = text): Promise<void> {
  if (db.engine === 'sqlite') await db.exclusive((sqlite) => sqlite.exec(text));
  else await db.exclusive((session) => session.exec(postgres));
}

/** Lets each insert into a table fail where `when` holds, with a message of the test's. */
export async function breakInserts(
  db: ChapterDb,
  table: string,
  fault: { when: string; message: string; code: string; undo: 'abort' | 'rollback' },
): Promise<() => Promise<void>> {
  const { when, message, code, undo } = fault;
  await execRaw(
    db,
    `create trigger broken before insert on ${table} when ${when}
      begin select raise(${undo}, '${message}'); end`,
    `create function broken() returns trigger language plpgsql as $$ begin
        raise exception '${message}' using errcode = '${code}'; end $$;
      create trigger broken before insert on ${table} for each row when (${when})
        execute function broken()`,
  );
  return () =>
    execRaw(db, 'drop trigger broken', `drop trigger broken on ${table}; drop function broken()`);
}
