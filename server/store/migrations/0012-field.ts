import type { Kysely } from 'kysely';
import { runDdl } from '../run-ddl.ts';
import type { Tables } from '../tables.ts';

/** What is listed at the desk, such as what was promised or signed, is read from the log by its kind. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await runDdl(db, `create index ops_by_type on ops (type, seq)`);
}
