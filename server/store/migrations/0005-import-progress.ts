import type { Kysely } from 'kysely';
import { runDdl } from '../run-ddl.ts';
import type { Tables } from '../tables.ts';

const STEPS = [
  `alter table imports add column step text`,
  `alter table imports add column rows_read integer not null default 0`,
  `alter table imports add column bytes_read integer not null default 0`,
  `alter table imports add column cancel_asked integer not null default 0`,
];

/** How far an import is, and that somebody wants it to stop, for every process to see. */
export async function up(db: Kysely<Tables>): Promise<void> {
  for (const step of STEPS) await runDdl(db, step);
}
