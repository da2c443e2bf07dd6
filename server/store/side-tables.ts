import type { AskSql } from './ask-sql.ts';

const OF_PERSON = /^(?:voters|voted|moves)_(?:next|old)$|^roll_changes$|^changes_next$|_gone\d+$/;
const WITHOUT_PERSON = /^(?:elections|places|universe_rows)_/;

/** The tables of rolls beside the one that stands, those with a `person_key`: there while one is. */
export async function sideTables(ask: AskSql, engine: 'sqlite' | 'postgres'): Promise<string[]> {
  const rows = await ask<{ name: string }>(
    engine === 'sqlite'
      ? `select name from sqlite_master where type = 'table'`
      : 'select tablename as name from pg_tables where schemaname = current_schema()',
  );
  return rows
    .map(({ name }) => name)
    .filter((name) => OF_PERSON.test(name) && !WITHOUT_PERSON.test(name));
}
